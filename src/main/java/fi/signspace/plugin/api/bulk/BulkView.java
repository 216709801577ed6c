package fi.signspace.plugin.api.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.bulk.ListError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a list, counted from the requests of its rows. Ended requests are counted by the
 * outcome in their variables; only single requests are verified.
 */
@Schema(name = "Bulk")
record BulkView(
    @Schema(description = "The id of the process instance") String id,
    @Schema(
            allowableValues = {"validating", "ready", "sending", "paused", "done", "cancelled"},
            description =
                "ready until the first row is started; sending until every request has ended;"
                    + " cancelled if the remaining rows are not sent; validating does not occur, since"
                    + " a list is validated while it is uploaded")
        String status,
    @Schema(description = "The rows of this upload") long rows,
    @Schema(description = "The rows that have been validated") long validated,
    @Schema(description = "The requests that exist in SignSpace") long sent,
    long signed,
    @Schema(description = "The requests that a signer has declined") long declined,
    long cancelled,
    @Schema(
            description =
                "The requests that need a correction, were abandoned or removed, or need an admin")
        long failed,
    @Schema(description = "The requests that have not ended") long open) {

  /**
   * What an upload would start.
   *
   * @param approved send the same list with it in the options
   * @param rows the rows that would be sent
   * @param people the addresses that would get an invitation to sign
   * @param documents the documents of the upload
   * @param alreadySent the rows that an earlier upload of the same list has sent
   * @param warnings of rows that seem to have been sent, or repeat another row
   * @param errors of the rows that are left out, if the caller wants that
   */
  @Schema(name = "BulkPreview")
  record Preview(
      String approved,
      int rows,
      long people,
      int documents,
      int alreadySent,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ListError> warnings,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ListError> errors) {

    static Preview of(
        String approved, NewBulk bulk, List<SealedRow> rows, List<ListError> warnings) {
      return new Preview(
          approved,
          rows.size(),
          rows.stream().flatMap(SealedRow::signers).distinct().count(),
          bulk.documents().size(),
          bulk.rows().size() - rows.size(),
          warnings,
          bulk.omitted());
    }
  }

  /** A list among others. */
  @Schema(name = "BulkSummary")
  record Summary(
      String id, String status, long rows, Instant startedAt, @Nullable String startedBy) {}

  /** The newest lists first. */
  @Schema(name = "BulkPage")
  record Page(List<Summary> lists) {}

  /**
   * What an upload has started.
   *
   * @param rows the rows that are sent
   * @param alreadySent the rows that an earlier upload of the same list has sent
   * @param errors of the rows that are left out, if the caller wants that
   */
  @Schema(name = "NewBulk")
  record Accepted(
      String id,
      int rows,
      int alreadySent,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ListError> errors) {}
}
