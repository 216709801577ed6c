package fi.signspace.plugin.api;

import fi.signspace.plugin.signing.FieldError;
import fi.signspace.plugin.signing.PersonalIdentityCode;
import java.util.Collection;

/** The names of fields, parameters and parts, as callers make them up. */
final class RequestFieldNames {

  private static final int MAX_SHOWN = 80;

  private RequestFieldNames() {}

  /** A misspelled name would lose its value in silence, or find too much. */
  static FieldError unknown(String name, Collection<String> known) {
    return new FieldError(
        shown(name), "This name is not known; there are " + String.join(", ", known) + ".");
  }

  /** A name in a form that fits into an answer; nothing in it looks like an identity code. */
  static String shown(String name) {
    String masked = PersonalIdentityCode.masked(name);
    return masked.codePointCount(0, masked.length()) <= MAX_SHOWN
        ? masked
        : masked.substring(0, masked.offsetByCodePoints(0, MAX_SHOWN)) + "…";
  }
}
