package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.http.HttpAddress;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.mock.env.MockEnvironment;

/** Clients of a mock SignSpace. */
final class TestClients {

  static final String HANDLE = "robot@example.com";
  static final String SECRET = "s3cr3t-of-the-client";
  static final String TOKEN = "t0ken-one";

  /** Long enough for a busy machine in tests that are not about timeouts. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  static SignSpaceClient of(WireMockExtension signSpace) {
    return of(properties(signSpace.baseUrl(), PATIENT, PATIENT));
  }

  static SignSpaceClient of(SignSpaceProperties properties) {
    return of(properties, Clock.systemUTC());
  }

  static SignSpaceClient of(SignSpaceProperties properties, Clock clock) {
    return of(properties, clock, ObservationRegistry.NOOP);
  }

  static SignSpaceClient of(
      SignSpaceProperties properties, Clock clock, ObservationRegistry observations) {
    return SignSpaceConfiguration.client(properties, new MockEnvironment(), clock, observations);
  }

  static SignSpaceProperties properties(String base, Duration read, Duration transfer) {
    return new SignSpaceProperties(
        new HttpAddress(URI.create(base + "/api/v1/")),
        new HttpAddress(URI.create(base + "/auth/token")),
        "client",
        SECRET,
        HANDLE,
        List.of(),
        Duration.ofSeconds(5),
        read,
        transfer,
        50);
  }

  static void grantTokens(WireMockExtension signSpace) {
    signSpace.stubFor(
        post("/auth/token")
            .willReturn(okJson("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600}")));
  }

  private TestClients() {}
}
