package fi.signspace.plugin.api;

import fi.signspace.plugin.signing.FieldProblem;
import java.util.Collection;

/** The names of fields, parameters and parts, as callers make them up. */
final class GivenNames {

  private static final int LONGEST_SHOWN = 80;

  private GivenNames() {}

  /** A misspelled name would lose its value in silence, or find too much. */
  static FieldProblem unknown(String name, Collection<String> known) {
    return new FieldProblem(
        shown(name), "This name is not known; there are " + String.join(", ", known) + ".");
  }

  /** A name in a form that fits into an answer. */
  static String shown(String name) {
    return name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
  }
}
