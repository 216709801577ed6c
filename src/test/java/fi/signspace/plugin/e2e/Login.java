package fi.signspace.plugin.e2e;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The user of a call. */
public record Login(String user, String password) {

  /** The demo user with all permissions. */
  public static final Login DEMO = new Login("demo", "demo");

  /** A case worker, who starts requests and does their tasks. */
  static final Login CLERK = new Login("clara", "of-the-clerk");

  /** An operator, who monitors processes in Cockpit. */
  static final Login OPERATOR = new Login("otto", "of-the-operator");

  /** An application with exactly the permissions documented for the API. */
  static final Login INTEGRATOR = new Login("iris", "of-the-integrator");

  /** A user with read permission for signing requests and their tasks. */
  static final Login READER = new Login("rita", "of-the-reader");

  /** A user who may only log in. */
  static final Login OUTSIDER = new Login("nora", "of-nobody");

  /** A worker in a separate process. */
  static final Login WORKER = new Login("signing-worker", "of-the-workers");

  public HttpRequest.Builder applyTo(HttpRequest.Builder request) {
    return request.header("Authorization", authorization());
  }

  /** The value of the header that logs the user in. */
  String authorization() {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
