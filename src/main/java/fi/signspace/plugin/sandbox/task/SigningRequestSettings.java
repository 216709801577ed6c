package fi.signspace.plugin.sandbox.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The immutable settings of a signing request.
 *
 * @param dueAt when it becomes overdue
 * @param parameters the complete payload except files and participants, for display
 */
public record SigningRequestSettings(
    String actingHandle,
    String title,
    boolean orderRespected,
    boolean overdueSigningDisabled,
    boolean cannotSignDisabled,
    @Nullable Instant dueAt,
    JsonNode parameters) {

  SigningRequestSettings dueAt(Instant at) {
    return new SigningRequestSettings(
        actingHandle,
        title,
        orderRespected,
        overdueSigningDisabled,
        cannotSignDisabled,
        at,
        parameters);
  }
}
