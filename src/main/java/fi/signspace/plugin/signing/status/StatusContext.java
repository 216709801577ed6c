package fi.signspace.plugin.signing.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a process before a status check.
 *
 * @param sent the request as sent
 * @param dueDate the moment after which the request is overdue
 * @param acknowledgedStatus the status acknowledged by the decision to keep waiting, "" if there is
 *     none
 * @param knownStatus the result of the previous check, "" if there was none
 * @param statusSince when that status was first found
 * @param doubtfulChecks the number of consecutive unconfirmed checks before this one
 */
public record StatusContext(
    SentRequest sent,
    @Nullable Instant dueDate,
    String acknowledgedStatus,
    String knownStatus,
    @Nullable Instant statusSince,
    int doubtfulChecks) {}
