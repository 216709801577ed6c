package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.signspace.http.CallDeadlines;
import fi.signspace.plugin.signspace.http.ErrorTextExtractor;
import fi.signspace.plugin.signspace.http.UnreadableResponseException;
import fi.signspace.plugin.signspace.token.Token;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets access tokens (guide, "Authentication"), a new one with every call. */
final class TokenClient {

  private static final Logger LOG = LoggerFactory.getLogger(TokenClient.class);

  /** How long a token is believed in that does not say how long it lives. */
  private static final Duration LIFE_IF_UNSAID = Duration.ofMinutes(5);

  /** In seconds, a day: no provider gives more, and a token that is refused is replaced anyway. */
  private static final double MAX_LIFE = 86_400;

  private final TokenApi api;
  private final Operation operation;
  private final List<String> scopes;
  private final Clock clock;
  private final FailureTranslator failures;
  private final ObservedCalls observed;

  TokenClient(
      TokenApi api,
      SignSpaceProperties properties,
      Clock clock,
      FailureTranslator failures,
      ObservedCalls observed) {
    this.api = api;
    this.scopes = properties.scopes();
    this.operation = Operation.TOKEN.keepingSecret(secrets(properties));
    this.clock = clock;
    this.failures = failures;
    this.observed = observed;
  }

  /**
   * @throws fi.signspace.plugin.signing.SignSpaceException cannot heal if SignSpace refuses the
   *     client id, the secret or a scope; else may heal. The call that needs the token was not
   *     carried out.
   */
  Token get() {
    return observed.observe(operation, this::request);
  }

  private Token request() {
    Instant start = clock.instant();
    try {
      Token token = read(start, api.token(form()));
      LOG.debug("Got a new access token, fresh until {}", token.freshUntil());
      return token;
    } catch (IOException | RuntimeException e) {
      throw failures.of(operation, e, CallDeadlines.current());
    }
  }

  private static List<String> secrets(SignSpaceProperties properties) {
    String pair = properties.clientId() + ":" + properties.clientSecret();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return List.of(properties.clientSecret(), basic);
  }

  private String form() {
    String scope = URLEncoder.encode(String.join(" ", scopes), StandardCharsets.UTF_8);
    return "grant_type=client_credentials" + (scopes.isEmpty() ? "" : "&scope=" + scope);
  }

  private static Token read(Instant start, JsonNode answer) throws UnreadableResponseException {
    String value = answer.path("access_token").asText("");
    if (value.isBlank()) {
      throw new UnreadableResponseException(
          "the answer has no access_token", ErrorTextExtractor.of(answer));
    }
    return Token.validFrom(start, life(answer.path("expires_in")), value);
  }

  /** What cannot be meant is as good as not said. */
  private static Duration life(JsonNode seconds) {
    double given = seconds.asDouble(0);
    return given >= 1 ? Duration.ofSeconds((long) Math.min(given, MAX_LIFE)) : LIFE_IF_UNSAID;
  }
}
