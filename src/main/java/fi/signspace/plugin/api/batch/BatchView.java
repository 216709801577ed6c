package fi.signspace.plugin.api.batch;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of many requests.
 *
 * @param requests how many were selected
 * @param remaining the ids of those that were not reached: send them as ids, until there are none
 */
@Schema(name = "Batch")
record BatchView(
    @Schema(description = "How many were selected") int requests,
    @Schema(description = "How many the action was requested for; 0 with dryRun") int done,
    @Schema(description = "Those for which it is not possible") List<Problem> problems,
    @Schema(
            description =
                "The ids of those that are left, with dryRun of all for which it is possible: send"
                    + " them as ids, until none is left")
        List<String> remaining) {

  /**
   * Why one request is left out.
   *
   * @param status as the call for this request alone would respond
   */
  @Schema(name = "BatchProblem")
  record Problem(
      String id,
      @Nullable String businessKey,
      @Schema(description = "The HTTP status of the same call for this request") int status,
      String detail) {}

  /** What many requests are named by. */
  @Schema(name = "Selection")
  record Selected(
      @Schema(description = "At most 10,000; not together with the others")
          @Nullable List<String> ids,
      @Schema(description = "As in a search") @Nullable String status,
      @Schema(description = "As in a search") @Nullable String businessKey,
      @Schema(description = "Whether nothing is done, but said what would be")
          @Nullable Boolean dryRun) {}
}
