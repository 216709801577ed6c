package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import feign.Client;
import feign.Feign;
import feign.FeignException;
import feign.Logger;
import feign.Request;
import feign.Retryer;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** Puts the SignSpace client together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignSpaceProperties.class)
class SignSpaceConfiguration {

  private static final String SANDBOX = "http://localhost:%s/sandbox";

  @Bean
  SignSpace signSpace(SignSpaceProperties properties, Environment environment, Clock clock) {
    Client http = HttpClients.create(properties);
    Failures failures = new Failures(clock);
    Supplier<TokenApi> tokenApi =
        SingletonSupplier.of(
            () -> api(TokenApi.class, http, tokenUrl(properties, environment), properties));
    Supplier<SignSpaceApi> signSpaceApi =
        SingletonSupplier.of(
            () -> api(SignSpaceApi.class, http, apiUrl(properties, environment), properties));
    AccessTokens tokens =
        new AccessTokens(() -> requestToken(tokenApi.get(), properties, failures), clock);
    return new GuardedSignSpace(
        new FeignSignSpace(signSpaceApi, tokens, failures, properties),
        new Guard(clock, properties.callsPerSecond()));
  }

  private static <T> T api(Class<T> type, Client http, String url, SignSpaceProperties properties) {
    JsonCodec json = new JsonCodec();
    return Feign.builder()
        .client(http)
        .encoder(json)
        .decoder(json)
        .errorDecoder(AnswerException.decoder())
        .retryer(Retryer.NEVER_RETRY)
        .logLevel(Logger.Level.NONE)
        .options(new Request.Options(properties.connectTimeout(), properties.readTimeout(), false))
        .doNotCloseAfterDecode()
        .target(type, url);
  }

  private static JsonNode requestToken(
      TokenApi api, SignSpaceProperties properties, Failures failures) {
    String what = "Requesting an access token";
    String credentials = properties.clientId() + ":" + properties.clientSecret();
    try {
      return api.token(
          Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)),
          AccessTokens.form(properties));
    } catch (AnswerException e) {
      throw failures.ofTokenAnswer(what, e);
    } catch (FeignException e) {
      if (e.getCause() instanceof IOException cut) {
        // a token that was made and lost on the way does no harm
        throw SignSpaceException.notDone(
            String.valueOf(failures.ofConnection(what, cut).getMessage()), null, cut);
      }
      throw SignSpaceException.cannotHeal(
          what
              + " brought an answer that cannot be understood: check signspace.token-url, then retry.",
          e);
    }
  }

  private static String apiUrl(SignSpaceProperties properties, Environment environment) {
    return properties.apiUrl() == null
        ? sandbox(environment) + "/api/v1"
        : withoutSlash(properties.apiUrl().toString());
  }

  private static String tokenUrl(SignSpaceProperties properties, Environment environment) {
    return properties.tokenUrl() == null
        ? sandbox(environment) + "/auth/token"
        : properties.tokenUrl().toString();
  }

  private static String sandbox(Environment environment) {
    return SANDBOX.formatted(environment.getProperty("local.server.port"));
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
