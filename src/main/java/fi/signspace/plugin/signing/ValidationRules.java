package fi.signspace.plugin.signing;

import java.time.*;

public record ValidationRules(
    Clock clock, ZoneId zone, long longestDocument, String defaultActingHandle) {}
