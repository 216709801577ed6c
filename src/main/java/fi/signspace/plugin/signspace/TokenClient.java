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

/** Requests a new access token with every call (guide, "Authentication"). */
final class TokenClient {

  private static final Logger LOG = LoggerFactory.getLogger(TokenClient.class);

  /** The assumed lifetime of a token without {@code expires_in}. */
  private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(5);

  /** One day in seconds: no provider grants more, and a rejected token is replaced anyway. */
  private static final double MAX_LIFETIME = 86_400;

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
    this.operation = Operation.TOKEN.withSecrets(secrets(properties));
    this.clock = clock;
    this.failures = failures;
    this.observed = observed;
  }

  /**
   * @throws fi.signspace.plugin.signing.SignSpaceException permanent if SignSpace rejects the
   *     client id, the secret or a scope; otherwise transient. The call that needs the token was
   *     not carried out.
   */
  Token get() {
    return observed.observe(operation, this::request);
  }

  private Token request() {
    Instant start = clock.instant();
    try {
      Token token = read(start, api.token(form()));
      LOG.debug("New access token, fresh until {}", token.freshUntil());
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

  private static Token read(Instant start, JsonNode response) throws UnreadableResponseException {
    String value = response.path("access_token").asText("");
    if (value.isBlank()) {
      throw new UnreadableResponseException(
          "the response has no access_token", ErrorTextExtractor.of(response));
    }
    return Token.validFrom(start, lifetime(response.path("expires_in")), value);
  }

  /** An implausible lifetime counts as missing. */
  private static Duration lifetime(JsonNode seconds) {
    double given = seconds.asDouble(0);
    return given >= 1 ? Duration.ofSeconds((long) Math.min(given, MAX_LIFETIME)) : DEFAULT_LIFETIME;
  }
}
