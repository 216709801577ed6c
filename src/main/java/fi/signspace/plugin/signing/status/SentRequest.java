package fi.signspace.plugin.signing.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a sent signing request that the assessment of its status depends on.
 *
 * @param fileIds the files to be signed
 * @param participants the signers and watchers
 * @param outdatedFileIds files returned as signed that turned out to be unsigned or replaced
 *     documents
 * @param otherFileIds files returned as signed that turned out to be no documents
 * @param isReplacementInDoubt whether an interrupted replacement may have given it other files
 * @param doubts from earlier responses
 */
public record SentRequest(
    List<String> fileIds,
    List<Participant> participants,
    List<String> outdatedFileIds,
    List<String> otherFileIds,
    boolean isReplacementInDoubt,
    Doubts doubts) {

  public SentRequest {
    fileIds = List.copyOf(fileIds);
    participants = List.copyOf(participants);
    outdatedFileIds = List.copyOf(outdatedFileIds);
    otherFileIds = List.copyOf(otherFileIds);
  }

  /** A person as they were asked. */
  public record Participant(String handle, @Nullable String name, boolean isSigner) {}

  List<Participant> signers() {
    return participants.stream().filter(Participant::isSigner).toList();
  }
}
