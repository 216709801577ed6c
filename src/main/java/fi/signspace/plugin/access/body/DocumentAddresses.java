package fi.signspace.plugin.access.body;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The addresses that accept documents: starts, tasks, messages, variables and deployments, in our
 * REST API, the engine's and the web apps' copy of it, and uploads to the sandbox. Unusual
 * spellings of an address do not match.
 */
final class DocumentAddresses {

  /** They accept documents as parts of a form. */
  private static final Pattern OURS = Pattern.compile("/api/(signing-requests|bulk)(/.*)?");

  private static final Pattern SANDBOX = Pattern.compile("/sandbox/api/v1/.*");

  private static final Pattern ENGINE =
      Pattern.compile(
          "/.*/(?:(?:process-definition|process-instance|execution|task|external-task"
              + "|case-definition|case-instance|case-execution)/[^/]+/.+"
              + "|message|signal|condition|deployment/create)");

  private DocumentAddresses() {}

  static boolean include(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return (OURS.matcher(path).matches() && isForm(request))
        || SANDBOX.matcher(path).matches()
        || ENGINE.matcher(path).matches();
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }
}
