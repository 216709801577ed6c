package fi.signspace.plugin.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/**
 * Where documents are sent: with a start, a task, a message or a variable, by our REST API, by the
 * engine's and by the web apps' copy of it, to the sandbox, and with a deployment. An address in an
 * unusual spelling is none.
 */
final class DocumentAddresses {

  private static final Pattern OURS =
      Pattern.compile("/api/(signing-requests|bulk)(/.*)?|/sandbox/api/v1/.*");

  private static final Pattern ENGINE =
      Pattern.compile(
          "/.*/(?:(?:process-definition|process-instance|execution|task|external-task"
              + "|case-definition|case-instance|case-execution)/[^/]+/.+"
              + "|message|signal|condition|deployment/create)");

  private DocumentAddresses() {}

  static boolean include(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return OURS.matcher(path).matches() || ENGINE.matcher(path).matches();
  }
}
