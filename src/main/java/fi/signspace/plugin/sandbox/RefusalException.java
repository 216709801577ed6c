package fi.signspace.plugin.sandbox;

/** A rejected call; the response is {@code {"error": …, "message": …}}. */
public final class RefusalException extends RuntimeException {

  private final int status;
  private final String error;

  private RefusalException(int status, String error, String message) {
    super(message);
    this.status = status;
    this.error = error;
  }

  /**
   * A parameter violates a rule.
   *
   * @param field the parameter, e.g. {@code participants[0].handle}
   * @param rule the violated rule, without the value, which may be a personal identity code
   */
  public static RefusalException invalid(String field, String rule) {
    return new RefusalException(400, "invalid_parameter", field + ": " + rule);
  }

  /** The body cannot be parsed. */
  public static RefusalException invalidBody(String message) {
    return new RefusalException(400, "invalid_body", message);
  }

  public static RefusalException notFound(String message) {
    return new RefusalException(404, "not_found", message);
  }

  /** The state of the signing request does not allow the call. */
  public static RefusalException conflict(String message) {
    return new RefusalException(409, "conflict", message);
  }

  public static RefusalException of(int status, String error, String message) {
    return new RefusalException(status, error, message);
  }

  int status() {
    return status;
  }

  Problem problem() {
    return new Problem(error, String.valueOf(getMessage()));
  }

  /** The response body. */
  public record Problem(String error, String message) {}
}
