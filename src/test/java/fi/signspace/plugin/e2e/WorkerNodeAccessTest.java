package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

/**
 * Access to a node with workers but without engine: the same rules, fewer endpoints. Its remote
 * engine does not exist, which does not matter here.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "camunda.bpm.client.base-url=http://localhost:1/engine-rest",
      "signspace.worker.password=of-the-workers",
      "signspace.users.prometheus.password=scrape-it",
      "signspace.users.without.groups=signing-admins"
    })
@ActiveProfiles("worker")
@DirtiesContext
class WorkerNodeAccessTest {

  @LocalServerPort private int port;

  private Web web;

  @BeforeEach
  void start() {
    web = new Web(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/engine",
        "/engine-rest/external-task/fetchAndLock",
        "/engine-rest/",
        "/api/signing-requests",
        "/api/encrypted-nins",
        "/api/openapi",
        "/sandbox",
        "/sandbox/control/requests",
        "/sandbox/sandbox.js",
        "/actuator",
        "/actuator/env",
        "/actuator/prometheus",
        "/anything"
      })
  void nothing_is_shown_without_a_login(String path) throws IOException {
    HttpResponse<String> response = web.send(web.to(path));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .get()
        .asString()
        .contains("Basic");
  }

  @ParameterizedTest
  @CsvSource({
    "/actuator/health/liveness, 200",
    // there is no engine to fetch tasks from
    "/actuator/health/readiness, 503",
    "/api/keys, 200",
    "/api/evidence-keys, 200",
    "/camunda/app/tasklist/default/, 404",
    "/camunda/api/engine/engine, 404"
  })
  void health_and_keys_are_open_and_there_are_no_web_apps(String path, int status)
      throws IOException {
    assertThat(web.get(path)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "demo, demo, 200",
    "prometheus, scrape-it, 200",
    "prometheus, Scrape-it, 401",
    "prometheus, '', 401",
    "without, '', 401",
    "nobody, demo, 401",
    // that is whom it is at the engine
    "signing-worker, of-the-workers, 401"
  })
  void the_users_in_the_configuration_log_in(String user, String password, int status)
      throws IOException {
    assertThat(web.get("/actuator", new Login(user, password))).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/engine",
        "/engine-rest/task",
        "/api/signing-requests",
        "/actuator/env"
      })
  void a_worker_node_serves_no_engine_paths(String path) throws IOException {
    assertThat(web.get(path, Login.DEMO)).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/prometheus;a=b",
        "//actuator/prometheus",
        "/actuator/health/../prometheus",
        "/actuator/health/..;/prometheus",
        "/actuator/health/%2e%2e/prometheus",
        "/actuator/health/..%2fprometheus"
      })
  void malformed_paths_are_bad_requests(String path) throws IOException {
    assertThat(web.rawGet(path)).startsWith("HTTP/1.1 400");
  }

  @Test
  void password_guessing_is_throttled() throws IOException {
    Login guess = new Login("mallory", "a guess");
    for (int i = 0; i < 5; i++) {
      assertThat(web.get("/actuator", guess)).isEqualTo(401);
    }

    HttpResponse<String> response = web.send(guess.applyTo(web.to("/actuator")));

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
  }
}
