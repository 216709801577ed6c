package fi.signspace.plugin.signing;

import java.time.Clock;
import java.time.ZoneId;

/**
 * What validation depends on besides the input.
 *
 * @param zone where a due date without an offset is meant
 * @param longestDocument in bytes
 * @param defaultActingHandle who acts unless the input says otherwise
 */
public record ValidationRules(
    Clock clock, ZoneId zone, long longestDocument, String defaultActingHandle) {}
