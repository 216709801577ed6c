package fi.signspace.plugin.e2e;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who asks. */
public record Login(String user, String password) {

  /** The try-out's user, who may do everything. */
  public static final Login DEMO = new Login("demo", "demo");

  /** Somebody who starts requests and does their tasks. */
  static final Login CLERK = new Login("clara", "of-the-clerk");

  /** Somebody who looks after the processes in Cockpit. */
  static final Login OPERATOR = new Login("otto", "of-the-operator");

  /** An application with the rights that the API's page names, and no others. */
  static final Login INTEGRATOR = new Login("iris", "of-the-integrator");

  /** Somebody who sees signing requests and their tasks, and may change nothing. */
  static final Login READER = new Login("rita", "of-the-reader");

  /** Somebody who may log in, and nothing else. */
  static final Login OUTSIDER = new Login("nora", "of-nobody");

  /** A worker in a process of its own. */
  static final Login WORKER = new Login("signing-worker", "of-the-workers");

  public HttpRequest.Builder applyTo(HttpRequest.Builder request) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }
}
