package fi.signspace.plugin.access.login;

import fi.signspace.plugin.access.ProblemResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Responds 401 to unauthenticated requests and 429 after too many failed logins. */
public final class ProblemAuthenticationEntryPoint implements AuthenticationEntryPoint {

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    if (reason instanceof TooManyLoginAttemptsException guesses) {
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(guesses.seconds()));
      ProblemResponses.send(
          request,
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          "Too many wrong passwords; wait before the next attempt");
    } else {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE,
          "Basic realm=\"SignSpace process plugin\", charset=\"UTF-8\"");
      ProblemResponses.send(
          request, response, HttpStatus.UNAUTHORIZED, "Log in with user and password");
    }
  }
}
