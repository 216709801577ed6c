package fi.signspace.plugin.signing;

import java.util.List;

/**
 * What a signing request was sent with, as far as the meaning of its status depends on it.
 *
 * @param fileIds the files to be signed
 * @param signers the handles of those who are asked to sign
 * @param outdatedFileIds files given as signed that turned out to be documents as they were sent,
 *     or documents that had been replaced
 */
public record SentRequest(
    List<String> fileIds, List<String> signers, List<String> outdatedFileIds) {

  public SentRequest {
    fileIds = List.copyOf(fileIds);
    signers = List.copyOf(signers);
    outdatedFileIds = List.copyOf(outdatedFileIds);
  }
}
