package fi.signspace.plugin.access;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The configuration is unfit for production; lists all problems. */
public final class InvalidProductionConfigException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param property the invalid property, e.g. {@code signspace.api-url}
   * @param problem e.g. {@code is missing}
   */
  public record Problem(String property, String problem) {

    private String text() {
      // both spellings work; each is the one used in the documentation of its property
      String hyphen = property.startsWith("signspace.") ? "_" : "";
      String variable = property.replace("-", hyphen).replace('.', '_').toUpperCase(Locale.ROOT);
      return "  - %s %s. Set %s".formatted(property, problem, variable);
    }
  }

  public InvalidProductionConfigException(List<Problem> problems) {
    super(
        "The profile production is active, but these settings are unfit for it:\n"
            + problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
  }
}
