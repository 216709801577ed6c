package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.bulk.ListError;
import fi.signspace.plugin.signing.input.RequestValidator;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schemas of uploads and their errors, which are read and written by hand, for the description. */
final class BulkSchemas {

  @Schema(name = "NewSigningRequestList")
  record NewList(
      @Schema(
              type = "string",
              format = "binary",
              description = "A CSV or XLSX file, one row for each request",
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
      @Schema(description = "Whether to validate only: 200 with a preview, and nothing is stored")
          @Nullable Boolean preview,
      @Schema(description = "The number of a row to send to your own address only, as a trial: 201")
          @Nullable Integer trial,
      @Schema(
              description =
                  "The field approved of the preview: 409 if the list is not the previewed one")
          @Nullable String approved,
      @Schema(description = "Whether to send keys again that another list has sent")
          @Nullable Boolean repeatKeys,
      @Schema(description = "Columns that are not to be used")
          @Nullable List<String> ignoredColumns) {}

  /** Problem details with the errors of a list. */
  @Schema(name = "ListProblem")
  record ListProblem(
      String type, String title, int status, String detail, List<ListError> errors) {}

  private BulkSchemas() {}
}
