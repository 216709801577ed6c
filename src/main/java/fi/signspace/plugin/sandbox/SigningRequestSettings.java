package fi.signspace.plugin.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a signing request was created with and never changes.
 *
 * @param dueAt the moment after which it is overdue
 * @param parameters everything that was sent except files and participants, to be looked at
 */
record SigningRequestSettings(
    String actingHandle,
    String title,
    boolean orderRespected,
    boolean overdueSigningDisabled,
    boolean cannotSignDisabled,
    @Nullable Instant dueAt,
    JsonNode parameters) {}
