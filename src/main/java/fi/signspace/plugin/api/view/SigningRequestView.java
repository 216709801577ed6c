package fi.signspace.plugin.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A signing request as callers see it: a snapshot of its process instance. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SigningRequest")
public record SigningRequestView(
    @Schema(description = "The id of the process instance") String id,
    @Nullable String businessKey,
    @Schema(description = "As it was sent; until then, as it is to be sent") @Nullable String title,
    @Schema(description = "Whom it was sent to; null until then")
        @Nullable List<Participant> participants,
    @Schema(
            type = "string",
            allowableValues = {
              "working",
              "awaiting",
              "needsCorrection",
              "needsDecision",
              "signed",
              "cancelled",
              "abandoned",
              "unproven",
              "unverifiable",
              "removed"
            })
        Status status,
    @Schema(
            description =
                "What is wrong, while a person has to decide; why an ended request is"
                    + " unproven or unverifiable")
        @Nullable String problem,
    @Schema(description = "Whether the process is stuck until an administrator intervenes")
        boolean needsAdmin,
    @Schema(
            description =
                "Whether an administrator has suspended it; it does nothing until it is activated")
        boolean suspended,
    @Schema(description = "The id of the request in SignSpace") @Nullable String signingRequestId,
    @Schema(description = "Its page in SignSpace") @Nullable String signingRequestUrl,
    @Schema(description = "The status as SignSpace calls it") @Nullable String signingStatus,
    @Nullable Integer signaturesRequested,
    @Nullable Integer signaturesCompleted,
    @Nullable List<Signature> signatures,
    @Nullable String dueAt,
    @Nullable String lastCheckAt,
    @Nullable String nextCheckAt,
    @Schema(description = "When the next reminder or other notice is due; null for never")
        @Nullable String nextNoticeAt,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<SignedDocument> signedDocuments,
    @Schema(
            description =
                "The evidence of the signatures; null until it exists, and for requests that"
                    + " were signed before evidence was introduced")
        @JsonInclude
        @Nullable EvidenceFile evidence,
    @Schema(description = "The path of this request") String href) {

  /** The handles of those who are asked to sign; empty if they are unknown. */
  public Optional<List<String>> signers() {
    return Optional.ofNullable(participants)
        .map(
            people -> people.stream().filter(Participant::signs).map(Participant::handle).toList());
  }

  /**
   * Returns the view after the caller has replaced the documents: existing signatures belong to the
   * former ones.
   */
  public SigningRequestView withDocumentsReplacedAt(Instant moment) {
    return new SigningRequestView(
        id,
        businessKey,
        title,
        participants,
        status,
        problem,
        needsAdmin,
        suspended,
        signingRequestId,
        signingRequestUrl,
        signingStatus,
        signaturesRequested,
        signaturesCompleted,
        signatures == null
            ? null
            : signatures.stream().map(given -> given.orReplacedAt(moment)).toList(),
        dueAt,
        lastCheckAt,
        nextCheckAt,
        nextNoticeAt,
        startedAt,
        endedAt,
        signedDocuments,
        evidence,
        href);
  }

  /** A person to whom the request was sent. */
  @Schema(name = "Participant")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Participant(
      String handle,
      @Schema(allowableValues = {"signer", "watcher"}) String role,
      @Nullable String displayName,
      @Schema(description = "In the order of signing; null if there is none")
          @Nullable Integer position,
      @Schema(
              description =
                  "Of a signer: next where they sign one after the other, otherwise waiting;"
                      + " unknown where SignSpace does not tell",
              allowableValues = {"waiting", "next", "signed", "declined", "unknown"})
          @Nullable String state,
      @Schema(description = "When they signed") @Nullable Instant at) {

    public Participant(
        String handle, String role, @Nullable String displayName, @Nullable Integer position) {
      this(handle, role, displayName, position, null, null);
    }

    boolean signs() {
      return role.equals("signer");
    }
  }

  /** A signature and its time. */
  @Schema(name = "Signature")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Signature(
      @Nullable String signedBy,
      @Nullable Instant signedAt,
      @Schema(
              description =
                  "When documents were replaced after this signature, which applies to the former"
                      + " ones; null if none were")
          @Nullable Instant documentsReplacedAt) {

    private Signature orReplacedAt(Instant moment) {
      return documentsReplacedAt == null ? new Signature(signedBy, signedAt, moment) : this;
    }
  }

  /** Where the evidence can be downloaded. */
  @Schema(name = "Evidence")
  record EvidenceFile(String fileName, @Schema(description = "Where its bytes are") String href) {}

  /**
   * A signed document, available once the request has ended as signed.
   *
   * @param number the number of the document, from 1
   */
  @Schema(name = "SignedDocument")
  public record SignedDocument(
      int number,
      String fileName,
      @Nullable String mimeType,
      @Schema(description = "Where its bytes are") String href) {}
}
