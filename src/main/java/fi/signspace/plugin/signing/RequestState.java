package fi.signspace.plugin.signing;

import fi.signspace.plugin.signing.text.TextRules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signing request as returned by SignSpace. Missing values are null, missing files empty lists.
 *
 * @param id SignSpace's id of the request ({@code _id})
 * @param status the status, {@link SigningStatus#UNKNOWN} if it is not in the guide
 * @param statusText the status as returned by SignSpace, empty if missing
 * @param fileIds the files to be signed ({@code files})
 * @param signedFileIds the signed files ({@code signed_files})
 * @param signaturesRequested the number of requested signatures
 * @param signaturesCompleted the number of completed signatures
 * @param signedData who has signed and when ({@code signed_data})
 * @param unsigned the handles or names of people whom SignSpace lists explicitly as not having
 *     signed; empty texts if they have none
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
    @Nullable List<Signature> signedData,
    List<String> unsigned,
    @Nullable String url,
    @Nullable Instant createdAt) {

  public RequestState {
    // a file listed twice counts once
    fileIds = fileIds.stream().distinct().toList();
    signedFileIds = signedFileIds.stream().distinct().toList();
    signedData = signedData == null ? null : List.copyOf(signedData);
    unsigned = List.copyOf(unsigned);
  }

  /** Who has signed and when; none if that is unknown. */
  public List<Signature> signatures() {
    return signedData == null ? List.of() : signedData;
  }

  /**
   * One signature.
   *
   * @param signedBy the signatory as SignSpace names it: handle or name
   */
  public record Signature(@Nullable String signedBy, @Nullable Instant signedAt) {}

  /** Whether SignSpace returns another title for the request, apart from blanks and composition. */
  public boolean hasOtherTitle(String expected) {
    return title != null && !TextRules.comparable(title).equals(TextRules.comparable(expected));
  }

  /** Whether SignSpace returns this title. */
  public boolean hasTitle(String expected) {
    return title != null && !hasOtherTitle(expected);
  }

  /**
   * Whether the request is complete with evidence: at least one signed file, and as many as there
   * are files.
   */
  public boolean isCompleteWithEvidence() {
    return status == SigningStatus.COMPLETE
        && !signedFileIds.isEmpty()
        && signedFileIds.size() >= fileIds.size();
  }
}
