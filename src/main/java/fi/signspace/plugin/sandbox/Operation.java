package fi.signspace.plugin.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The token endpoint and the API's endpoints (guide, "Endpoint"). */
public enum Operation {
  TOKEN("token", "POST"),
  FILES_CREATE("files.create", "POST"),
  FILES_DOWNLOAD("files.download", "GET"),
  CREATE("tasks.signingRequest.create", "POST"),
  UPDATE("tasks.signingRequest.update", "POST"),
  LIST("tasks.list", "GET"),
  GET("tasks.get", "GET"),
  CANCEL("tasks.cancel", "POST"),
  OPEN("tasks.open", "POST");

  static final String API = "/sandbox/api/v1";
  static final String TOKEN_PATH = "/sandbox/auth/token";

  private final String text;
  private final String method;

  Operation(String text, String method) {
    this.text = text;
    this.method = method;
  }

  /** The name in the guide, e.g. {@code tasks.get}; {@code token} for the token endpoint. */
  public String text() {
    return text;
  }

  String method() {
    return method;
  }

  String path() {
    return this == TOKEN ? TOKEN_PATH : API + "/" + text;
  }

  public static Optional<Operation> ofPath(String path) {
    return Arrays.stream(values()).filter(operation -> operation.path().equals(path)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(Operation::text).toList();
  }
}
