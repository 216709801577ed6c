package fi.signspace.plugin.api.start;

import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.util.Collection;

/** Checks and formats names of fields, parameters and parts, which callers may make up. */
public final class RequestFieldNames {

  private static final int MAX_SHOWN = 80;

  private RequestFieldNames() {}

  /**
   * Reports a misspelled name, whose value would otherwise be ignored, or whose search would find
   * too much.
   */
  public static FieldError unknown(String name, Collection<String> known) {
    return new FieldError(
        shown(name),
        known.isEmpty()
            ? "There is no such parameter; this address has none."
            : "This name is unknown; known names are " + String.join(", ", known) + ".");
  }

  /**
   * Shortens a name for use in a response and redacts anything that looks like an identity code.
   */
  static String shown(String name) {
    String masked = PersonalIdentityCode.masked(name);
    return masked.codePointCount(0, masked.length()) <= MAX_SHOWN
        ? masked
        : masked.substring(0, masked.offsetByCodePoints(0, MAX_SHOWN)) + "…";
  }
}
