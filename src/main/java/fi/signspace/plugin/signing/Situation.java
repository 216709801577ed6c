package fi.signspace.plugin.signing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows when it looks at its signing request.
 *
 * @param dueDate the moment after which the request is overdue
 * @param toleratedStatus the status that a person has decided to wait with, "" if there is none
 * @param doubtfulChecks checks in a row, before this one, that could not be believed
 */
public record Situation(@Nullable Instant dueDate, String toleratedStatus, int doubtfulChecks) {}
