package fi.signspace.plugin.api.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import fi.signspace.plugin.bulk.ListError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The progress of a list, counted from the requests of its rows. As in any list, what ended is
 * counted as the requests claim; each request on its own is verified.
 */
@Schema(name = "Bulk")
record BulkView(
    @Schema(description = "The id of the process instance") String id,
    @Schema(
            allowableValues = {"validating", "ready", "sending", "paused", "done", "cancelled"},
            description =
                "sending until every request has ended; cancelled if the remaining rows are not sent")
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
        long failed) {

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
