package fi.signspace.plugin.signing.status;

import java.util.List;

/**
 * The parts of a sent signing request that the assessment of its status depends on.
 *
 * @param fileIds the files to be signed
 * @param signers the handles of the signers
 * @param names the names of the signers who have one
 * @param outdatedFileIds files returned as signed that turned out to be unsigned or replaced
 *     documents
 * @param otherFileIds files returned as signed that turned out to be no documents
 * @param isReplacementInDoubt whether an interrupted replacement may have given it other files
 * @param doubts from earlier responses
 */
public record SentRequest(
    List<String> fileIds,
    List<String> signers,
    List<String> names,
    List<String> outdatedFileIds,
    List<String> otherFileIds,
    boolean isReplacementInDoubt,
    Doubts doubts) {

  public SentRequest {
    fileIds = List.copyOf(fileIds);
    signers = List.copyOf(signers);
    names = List.copyOf(names);
    outdatedFileIds = List.copyOf(outdatedFileIds);
    otherFileIds = List.copyOf(otherFileIds);
  }
}
