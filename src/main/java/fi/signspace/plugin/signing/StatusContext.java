package fi.signspace.plugin.signing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows when it looks at its signing request.
 *
 * @param sent what the request was sent with
 * @param dueDate the moment after which the request is overdue
 * @param acknowledgedStatus the status that a person has decided to wait with, "" if there is none
 * @param knownStatus the status that the check before this one found, "" if there was none
 * @param statusSince when that status was found first
 * @param doubtfulChecks checks in a row, before this one, that could not be believed
 */
public record StatusContext(
    SentRequest sent,
    @Nullable Instant dueDate,
    String acknowledgedStatus,
    String knownStatus,
    @Nullable Instant statusSince,
    int doubtfulChecks) {}
