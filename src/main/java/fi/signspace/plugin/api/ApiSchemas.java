package fi.signspace.plugin.api;

import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.input.StartOption;
import fi.signspace.plugin.signing.text.TextRules;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
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

  /**
   * The mandatory start variables of the process, its business key and its tenant; {@link
   * #addOptions} adds the other variables.
   */
  @Schema(name = REQUEST_DATA, example = EXAMPLE)
  record Request(
      @Schema(maxLength = TextRules.MAX_BUSINESS_KEY) @Nullable String businessKey,
      @Schema(description = "The tenant whose process is started, if it is deployed for tenants")
          @Nullable String tenantId,
      @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = RequestValidator.MAX_TITLE)
          String title,
      @ArraySchema(arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED))
          List<Participant> participants) {}

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

  /** Adds to the schema of a new request what {@link StartOption} defines. */
  static void addOptions(OpenAPI api) {
    var request = api.getComponents().getSchemas().get(REQUEST_DATA);
    StartOption.all().stream()
        .filter(option -> !option.isMandatory())
        .forEach(option -> request.addProperty(option.variable(), schema(option)));
  }

  private static io.swagger.v3.oas.models.media.Schema<?> schema(StartOption option) {
    return switch (option.type()) {
      case TEXT -> new StringSchema().maxLength(TextRules.MAX_STRING);
      case WORD -> new StringSchema();
      case CHOICE -> new StringSchema()._enum(option.choices());
      case FLAG -> new BooleanSchema();
      case DATE -> new StringSchema().description("A date or a time, ISO 8601");
      case DURATION -> new StringSchema().description("An ISO 8601 duration");
      case LIST -> new io.swagger.v3.oas.models.media.ArraySchema().items(new StringSchema());
      case OBJECT -> new ObjectSchema().additionalProperties(true);
    };
  }

  private static final String REQUEST_DATA = "NewSigningRequestData";

  private static final String EXAMPLE =
      """
      {"businessKey": "lease-4711", "title": "Lease of Mannerheimintie 12 A 4",
       "participants": [{"handle": "anna@example.com", "role": "signer"}]}\
      """;

  private ApiSchemas() {}
}
