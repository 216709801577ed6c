package fi.signspace.plugin.api;

import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.signing.RequestValidator;
import fi.signspace.plugin.signing.TextRules;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of requests and errors for the description of the API. Requests are parsed and errors
 * written by hand, for better messages, so springdoc cannot derive these schemas.
 */
final class ApiSchemas {

  @Schema(name = "NewSigningRequest")
  record NewRequest(
      @Schema(requiredMode = RequiredMode.REQUIRED) Request request,
      @ArraySchema(
              schema = @Schema(type = "string", format = "binary"),
              maxItems = RequestValidator.MAX_DOCUMENTS,
              arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED))
          List<String> documents) {}

  @Schema(name = "Corrections")
  record Corrections(
      @Schema(description = "The fields of a new request that change", type = "object")
          @Nullable Map<String, Object> request,
      @ArraySchema(
              schema = @Schema(type = "string", format = "binary"),
              maxItems = RequestValidator.MAX_DOCUMENTS,
              arraySchema = @Schema(description = "All documents, if they change"))
          @Nullable List<String> documents) {}

  @Schema(name = "NewDocuments")
  record NewDocuments(
      @ArraySchema(
              schema = @Schema(type = "string", format = "binary"),
              maxItems = RequestValidator.MAX_DOCUMENTS,
              arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED))
          List<String> documents) {}

  @Schema(name = "NewSigningRequestList")
  record NewList(
      @Schema(
              type = "string",
              format = "binary",
              description = "A CSV file, one row for each request",
              requiredMode = RequiredMode.REQUIRED)
          String list,
      @ArraySchema(
              schema = @Schema(type = "string", format = "binary"),
              maxItems = RequestValidator.MAX_DOCUMENTS,
              arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED))
          List<String> documents,
      @Nullable ListOptions options) {}

  @Schema(name = "ListOptions")
  record ListOptions(
      @Schema(description = "Whether to send the valid rows although others are wrong")
          @Nullable Boolean sendValidRows,
      @Schema(
              description = "Detected if it is left out",
              allowableValues = {";", ",", "\t"})
          @Nullable String delimiter,
      @Schema(description = "The id of the list that this one corrects: only missing rows are sent")
          @Nullable String list,
      @Schema(description = "Columns that are not to be used")
          @Nullable List<String> ignoredColumns) {}

  /** Problem details with the errors of a list. */
  @Schema(name = "ListProblem")
  record ListProblem(
      String type, String title, int status, String detail, List<ListError> errors) {}

  /** The start variables of the process, and its business key. */
  @Schema(name = "NewSigningRequestData", example = EXAMPLE)
  record Request(
      @Schema(maxLength = TextRules.MAX_BUSINESS_KEY) @Nullable String businessKey,
      @Schema(description = "The tenant whose process is started, if it is deployed for tenants")
          @Nullable String tenantId,
      @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = RequestValidator.MAX_TITLE)
          String title,
      @ArraySchema(arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED))
          List<Participant> participants,
      @Schema(maxLength = TextRules.MAX_STRING) @Nullable String description,
      @Schema(allowableValues = {"en", "fi", "sv"}) @Nullable String recipientLanguage,
      @Schema(allowableValues = {"light", "strong"}) @Nullable String signatureStrength,
      @Schema(allowableValues = {"default_signing", "force_swr"}) @Nullable String invitationType,
      @Nullable String metadataTemplate,
      @Nullable String actingHandle,
      @Schema(description = "A date or a time, ISO 8601") @Nullable String dueDate,
      @Nullable Boolean participantsListOrderRespected,
      @Nullable Boolean signingDiscussionDisabled,
      @Nullable Boolean overdueSigningDisabled,
      @Nullable Boolean cannotSignDisabled,
      @Nullable Boolean isProtected,
      @Nullable List<String> ownersHandles,
      @Nullable Map<String, Object> metadata,
      @Schema(description = "An ISO 8601 duration") @Nullable String statusCheckInterval) {}

  @Schema(name = "Participant")
  record Participant(
      @Schema(requiredMode = RequiredMode.REQUIRED) String handle,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"signer", "watcher"})
          String role,
      @Nullable String displayName,
      @Nullable Integer position,
      @Schema(description = "A personal identity code") @Nullable String nin) {}

  /** Problem details, RFC 9457. */
  @Schema(name = "Problem")
  record Problem(
      String type,
      @Schema(example = "The input is wrong") String title,
      @Schema(example = "422") int status,
      @Schema(description = "What is wrong, as a sentence") String detail,
      @Nullable String instance,
      @Schema(description = "With 422: every invalid field") @Nullable List<WrongField> errors) {}

  @Schema(name = "WrongField")
  record WrongField(
      @Schema(example = "participants[0].handle") String field,
      @Schema(description = "What is wrong with it, as a sentence") String detail) {}

  private static final String EXAMPLE =
      """
      {"businessKey": "lease-4711", "title": "Lease of Mannerheimintie 12 A 4",
       "participants": [{"handle": "anna@example.com", "role": "signer"}]}\
      """;

  private ApiSchemas() {}
}
