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

  private static final Pattern OURS =
      Pattern.compile("/api/(signing-requests|bulk)|/sandbox/api/v1/.*");

  /** Some accept documents, as parts of a form; the others accept a short JSON, or nothing. */
  private static final Pattern OF_ONE = Pattern.compile("/api/(signing-requests|bulk)/.*");

  private static final Pattern ENGINE =
      Pattern.compile(
          "/.*/(?:(?:process-definition|process-instance|execution|task|external-task"
              + "|case-definition|case-instance|case-execution)/[^/]+/.+"
              + "|message|signal|condition|deployment/create)");

  private DocumentAddresses() {}

  static boolean include(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return OURS.matcher(path).matches()
        || ENGINE.matcher(path).matches()
        || (OF_ONE.matcher(path).matches() && isForm(request));
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }
}
