package fi.signspace.plugin.signing.input;

import java.time.Clock;
import java.time.ZoneId;

/**
 * The settings that validation depends on.
 *
 * @param zone the time zone of a due date without an offset
 * @param longestDocument the maximum size in bytes
 * @param actingHandles the allowed acting handles
 */
public record ValidationRules(
    Clock clock, ZoneId zone, long longestDocument, ActingHandles actingHandles) {}
