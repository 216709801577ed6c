package fi.signspace.plugin.signing;

import java.time.Clock;
import java.time.ZoneId;

/**
 * What validation depends on besides the input.
 *
 * @param zone where a due date without an offset is meant
 * @param longestDocument in bytes
 * @param actingHandles who may act
 */
public record ValidationRules(
    Clock clock, ZoneId zone, long longestDocument, ActingHandles actingHandles) {}
