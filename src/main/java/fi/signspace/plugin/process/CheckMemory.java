package fi.signspace.plugin.process;

import org.jspecify.annotations.Nullable;

/**
 * What a status check leaves for the next one of the same request.
 *
 * @param doubtfulChecks in a row that could not be believed
 * @param unchangedChecks in a row that brought nothing new
 */
public record CheckMemory(
    String signingStatus,
    @Nullable Integer signaturesCompleted,
    int doubtfulChecks,
    int unchangedChecks) {}
