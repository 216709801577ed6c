package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import feign.Client;
import feign.Feign;
import feign.Request;
import feign.RequestTemplate;
import feign.Retryer;
import feign.Target;
import feign.auth.BasicAuthRequestInterceptor;
import feign.codec.DefaultEncoder;
import feign.hc5.ApacheHttp5Client;
import fi.signspace.plugin.environment.ConditionalOnWorkers;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signspace.guard.CallGuard;
import fi.signspace.plugin.signspace.guard.CallGuardMetrics;
import fi.signspace.plugin.signspace.guard.GuardedSignSpace;
import fi.signspace.plugin.signspace.http.AuthorizedClient;
import fi.signspace.plugin.signspace.http.CallDeadlines;
import fi.signspace.plugin.signspace.http.HttpErrorException;
import fi.signspace.plugin.signspace.http.PayloadEncoder;
import fi.signspace.plugin.signspace.http.ResponseDecoder;
import fi.signspace.plugin.signspace.token.TokenCache;
import io.micrometer.observation.ObservationRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Configures the client. Feign neither retries nor logs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignSpaceProperties.class)
class SignSpaceConfiguration {

  @Bean
  SignSpaceClient signSpaceClient(
      SignSpaceProperties properties,
      Environment environment,
      Clock clock,
      ObservationRegistry observations) {
    return client(properties, environment, clock, observations);
  }

  @Bean
  CallGuard guard(SignSpaceProperties properties, Clock clock) {
    return new CallGuard(clock, properties.callsPerSecond());
  }

  /** The bean that is injected elsewhere. */
  @Bean
  @Primary
  SignSpace signSpace(SignSpaceClient client, CallGuard callGuard) {
    return new GuardedSignSpace(client, callGuard);
  }

  /** Only workers call SignSpace. */
  @Bean
  @ConditionalOnWorkers
  CallGuardMetrics guardMetrics(CallGuard callGuard) {
    return new CallGuardMetrics(callGuard);
  }

  @Bean("signSpaceHealthIndicator")
  @ConditionalOnWorkers
  SignSpaceHealth signSpaceHealth(CallGuard callGuard) {
    return new SignSpaceHealth(callGuard);
  }

  static SignSpaceClient client(
      SignSpaceProperties properties,
      Environment environment,
      Clock clock,
      ObservationRegistry observations) {
    Endpoints endpoints = new Endpoints(properties, environment);
    ObjectMapper mapper = mapper();
    CallDeadlines calls = new CallDeadlines(clock);
    FailureTranslator failures = new FailureTranslator(clock);
    ObservedCalls observed = new ObservedCalls(observations);
    CloseableHttpClient connections = HttpClientFactory.client(properties);
    Client transport = new ApacheHttp5Client(connections);

    TokenApi tokenApi =
        feign(properties, mapper, transport)
            .encoder(new DefaultEncoder())
            .requestInterceptor(
                new BasicAuthRequestInterceptor(
                    properties.clientId(), properties.clientSecret(), StandardCharsets.UTF_8))
            .target(new LazyTarget<>(TokenApi.class, "token", endpoints::token));
    TokenClient source = new TokenClient(tokenApi, properties, clock, failures, observed);
    TokenCache tokenCache =
        new TokenCache(source::get, clock, () -> CallDeadlines.current().timeLeft());

    SignSpaceApi api =
        feign(properties, mapper, new AuthorizedClient(transport, tokenCache))
            .encoder(new PayloadEncoder(mapper))
            .target(new LazyTarget<>(SignSpaceApi.class, "signspace", endpoints::api));
    return new SignSpaceClient(api, properties, calls, failures, observed, connections);
  }

  private static Feign.Builder feign(
      SignSpaceProperties properties, ObjectMapper mapper, Client client) {
    return Feign.builder()
        .client(client)
        .options(new Request.Options(properties.connectTimeout(), properties.readTimeout(), false))
        .retryer(Retryer.NEVER_RETRY)
        .decoder(new ResponseDecoder(mapper))
        .errorDecoder((method, response) -> HttpErrorException.of(response));
  }

  /** A response may echo an uploaded document, so string length is unlimited. */
  private static ObjectMapper mapper() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build();
  }

  /** A Feign target whose URL is resolved for every request, see {@link Endpoints}. */
  private record LazyTarget<T>(Class<T> type, String name, Supplier<String> address)
      implements Target<T> {

    @Override
    public String url() {
      return address.get();
    }

    @Override
    public Request apply(RequestTemplate template) {
      return template.target(url()).request();
    }
  }
}
