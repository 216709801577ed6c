package fi.signspace.plugin.signing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signing request as SignSpace shows it. Whatever an answer lacks is null or an empty list.
 *
 * @param id SignSpace's id of the request ({@code _id})
 * @param status the status, {@link SigningStatus#UNKNOWN} if the guide does not name it
 * @param statusText the status as SignSpace wrote it, empty if it gave none
 * @param fileIds the files to be signed ({@code files})
 * @param signedFileIds the signed files ({@code signed_files})
 * @param signaturesRequested how many are asked to sign
 * @param signaturesCompleted how many have signed
 * @param signatures who has signed and when ({@code signed_data})
 * @param url the page of the request in SignSpace ({@code message_url})
 */
public record RequestState(
    String id,
    SigningStatus status,
    String statusText,
    @Nullable String title,
    List<String> fileIds,
    List<String> signedFileIds,
    @Nullable Integer signaturesRequested,
    @Nullable Integer signaturesCompleted,
    List<Signature> signatures,
    @Nullable String url,
    @Nullable Instant createdAt) {

  public RequestState {
    // a list that names a file twice has not one file more
    fileIds = fileIds.stream().distinct().toList();
    signedFileIds = signedFileIds.stream().distinct().toList();
    signatures = List.copyOf(signatures);
  }

  /**
   * One signature.
   *
   * @param signedBy the signatory as SignSpace names it: handle or name
   */
  public record Signature(@Nullable String signedBy, @Nullable Instant signedAt) {}

  /**
   * Complete is believed only together with its evidence: as many signed files as files, and at
   * least one.
   */
  public boolean isCompleteWithEvidence() {
    return status == SigningStatus.COMPLETE
        && !signedFileIds.isEmpty()
        && signedFileIds.size() >= fileIds.size();
  }
}
