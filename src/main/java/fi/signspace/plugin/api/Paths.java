package fi.signspace.plugin.api;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Builds links as paths without a host: a proxy may expose this server under another name. */
public final class Paths {

  public static final String SIGNING_REQUESTS = "/api/signing-requests";

  private Paths() {}

  static String signingRequests() {
    // outside of a web request, such as for a mail, there is no context path
    return RequestContextHolder.getRequestAttributes() == null ? SIGNING_REQUESTS : ofCurrentCall();
  }

  private static String ofCurrentCall() {
    return String.valueOf(
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path(SIGNING_REQUESTS)
            .build()
            .getPath());
  }

  static String signingRequest(String id) {
    return signingRequests() + "/" + id;
  }

  static String evidence(String id) {
    return signingRequest(id) + "/evidence";
  }

  static String signedDocument(String id, int number) {
    return signingRequest(id) + "/signed-documents/" + number;
  }
}
