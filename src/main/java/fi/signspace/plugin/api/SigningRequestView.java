package fi.signspace.plugin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A signing request as callers see it: what its process instance says at this moment. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SigningRequest")
record SigningRequestView(
    @Schema(description = "The id of the process instance") String id,
    @Nullable String businessKey,
    @Nullable String title,
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
                "What is wrong, in words, while a person is asked; why an ended request is"
                    + " unproven or unverifiable")
        @Nullable String problem,
    @Schema(description = "Whether the process stands still until an administrator helps")
        boolean needsAdmin,
    @Schema(
            description =
                "Whether an administrator has suspended it; nothing happens until it is activated")
        boolean suspended,
    @Schema(description = "The id of the request in SignSpace") @Nullable String signingRequestId,
    @Schema(description = "Its page in SignSpace") @Nullable String signingRequestUrl,
    @Schema(description = "SignSpace's own word") @Nullable String signingStatus,
    @Nullable Integer signaturesRequested,
    @Nullable Integer signaturesCompleted,
    @Nullable List<Signature> signatures,
    @Nullable String dueAt,
    @Nullable String lastCheckAt,
    @Nullable String nextCheckAt,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<SignedDocument> signedDocuments,
    @Schema(
            description =
                "The evidence of the signatures; null until there is some, and with requests that"
                    + " were signed before there was any")
        @JsonInclude
        @Nullable EvidenceFile evidence,
    @Schema(description = "The path of this request") String href) {

  /** Who has signed, and when. */
  @Schema(name = "Signature")
  record Signature(@Nullable String signedBy, @Nullable Instant signedAt) {}

  /** Where the evidence is. */
  @Schema(name = "Evidence")
  record EvidenceFile(String fileName, @Schema(description = "Where its bytes are") String href) {}

  /**
   * A signed document, there once the request has ended as signed.
   *
   * @param number from 1
   */
  @Schema(name = "SignedDocument")
  record SignedDocument(
      int number,
      String fileName,
      @Nullable String mimeType,
      @Schema(description = "Where its bytes are") String href) {}
}
