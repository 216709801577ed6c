package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import feign.Client;
import feign.Feign;
import feign.Request;
import feign.Retryer;
import feign.auth.BasicAuthRequestInterceptor;
import feign.codec.Encoder;
import feign.hc5.ApacheHttp5Client;
import fi.signspace.plugin.signing.SignSpace;
import io.micrometer.observation.ObservationRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Builds the client. Feign never retries by itself and logs nothing. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignSpaceProperties.class)
class SignSpaceConfiguration {

  @Bean
  SignSpaceClient signSpaceClient(
      SignSpaceProperties properties,
      Environment environment,
      ObjectProvider<Clock> clock,
      ObservationRegistry observations) {
    return client(properties, environment, clock.getIfAvailable(Clock::systemUTC), observations);
  }

  @Bean
  Guard guard(SignSpaceProperties properties, ObjectProvider<Clock> clock) {
    return new Guard(clock.getIfAvailable(Clock::systemUTC), properties.callsPerSecond());
  }

  /** What everybody else gets. */
  @Bean
  @Primary
  SignSpace signSpace(SignSpaceClient client, Guard guard) {
    return new GuardedSignSpace(client, guard);
  }

  /** Only workers call SignSpace. */
  @Bean
  @ConditionalOnProperty(name = "signspace.worker.enabled", matchIfMissing = true)
  GuardMetrics guardMetrics(Guard guard) {
    return new GuardMetrics(guard);
  }

  @Bean("signSpaceHealthIndicator")
  @ConditionalOnProperty(name = "signspace.worker.enabled", matchIfMissing = true)
  SignSpaceHealth signSpaceHealth(Guard guard) {
    return new SignSpaceHealth(guard);
  }

  static SignSpaceClient client(
      SignSpaceProperties properties,
      Environment environment,
      Clock clock,
      ObservationRegistry observations) {
    Addresses addresses = new Addresses(properties, environment);
    ObjectMapper mapper = mapper();
    BoundedCalls calls = new BoundedCalls();
    Failures failures = new Failures(clock);
    ObservedCalls observed = new ObservedCalls(observations);
    CloseableHttpClient connections = Connections.client(properties);
    Client transport = new ApacheHttp5Client(connections);

    TokenApi tokenApi =
        feign(properties, mapper, transport)
            .encoder(new Encoder.Default())
            .requestInterceptor(
                new BasicAuthRequestInterceptor(
                    properties.clientId(), properties.clientSecret(), StandardCharsets.UTF_8))
            .target(new LateTarget<>(TokenApi.class, "token", addresses::token));
    TokenSource source = new TokenSource(tokenApi, properties, clock, failures, observed);
    Tokens tokens = new Tokens(source::get, clock, () -> BoundedCalls.current().timeLeft());

    SignSpaceApi api =
        feign(properties, mapper, new AuthorizedClient(transport, tokens))
            .encoder(new PayloadEncoder(mapper))
            .target(new LateTarget<>(SignSpaceApi.class, "signspace", addresses::api));
    return new SignSpaceClient(api, properties, calls, failures, observed, connections);
  }

  private static Feign.Builder feign(
      SignSpaceProperties properties, ObjectMapper mapper, Client client) {
    return Feign.builder()
        .client(client)
        .options(new Request.Options(properties.connectTimeout(), properties.readTimeout(), false))
        .retryer(Retryer.NEVER_RETRY)
        .decoder(new AnswerDecoder(mapper))
        .errorDecoder((method, response) -> RefusedCall.of(response));
  }

  /** Answers may quote a document that was sent: no limit for the length of a text. */
  private static ObjectMapper mapper() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build();
  }
}
