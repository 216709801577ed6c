package fi.signspace.plugin.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Issues tokens (guide, "Authentication"; RFC 6749, 4.4 and 5.2) and checks them. */
final class TokenApi {

  private static final String CREDENTIALS =
      "Basic "
          + Base64.getEncoder().encodeToString("sandbox:sandbox".getBytes(StandardCharsets.UTF_8));

  private final Tokens tokens;

  TokenApi(Tokens tokens) {
    this.tokens = tokens;
  }

  ServerResponse issue(ServerRequest request) {
    boolean form =
        request
            .headers()
            .contentType()
            .filter(MediaType.APPLICATION_FORM_URLENCODED::includes)
            .isPresent();
    if (!form) {
      return Json.respond(400, Map.of("error", "invalid_request"));
    }
    if (!header(request).equals(CREDENTIALS)) {
      return Json.respond(401, Map.of("error", "invalid_client"));
    }
    if (!request
        .params()
        .getOrDefault("grant_type", List.of())
        .equals(List.of("client_credentials"))) {
      return Json.respond(400, Map.of("error", "unsupported_grant_type"));
    }
    return Json.respond(
        Map.of(
            "access_token", tokens.issue(),
            "expires_in", Tokens.LIFETIME.toSeconds(),
            "token_type", "Bearer"));
  }

  /**
   * Rejects a request without a valid bearer token.
   *
   * @return the same request
   */
  ServerRequest checked(ServerRequest request) {
    String header = header(request);
    String token = header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
    if (!tokens.isValid(token)) {
      throw RefusalException.of(
          401, "unauthorized", "The bearer token is missing, unknown or has expired");
    }
    return request;
  }

  private static String header(ServerRequest request) {
    String header = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
    return header == null ? "" : header;
  }
}
