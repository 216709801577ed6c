package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Which doors are locked, and what opens them. */
@EndToEnd
@ExtendWith(OutputCaptureExtension.class)
class AccessTest {

  private static final String COUNT = "/engine-rest/task/count";

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
        "/engine-rest/",
        "/engine-rest/task",
        "/engine-rest/history/variable-instance",
        "/sandbox",
        "/sandbox/control/requests",
        "/sandbox/sandbox.js",
        "/actuator",
        "/actuator/env",
        "/actuator/prometheus",
        "/api/anything",
        "/anything"
      })
  void nothing_is_shown_without_a_login(String path) throws IOException {
    HttpResponse<String> answer = web.send(web.to(path));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).get().asString().contains("Basic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/api/keys",
        "/api/evidence-keys",
        "/camunda/app/tasklist/default/"
      })
  void health_keys_and_static_pages_are_open(String path) throws IOException {
    assertThat(web.get(path)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/engine-rest/engine;a=b, 400",
    "//engine-rest/engine, 400",
    "/actuator/health/../../engine-rest/engine, 400",
    "/actuator/health/..;/..;/engine-rest/engine, 400",
    "/camunda/%2e%2e/engine-rest/engine, 400",
    "/camunda/..%2fengine-rest/engine, 400",
    "/camunda/app/../../engine-rest/engine, 400",
    "/camunda/lib/..%5c..%5capplication.yaml, 400",
    "/../engine-rest/engine, 400",
    "/%00, 400",
    "/ENGINE-REST/engine, 401"
  })
  void no_spelling_of_an_address_opens_it(String path, int status, CapturedOutput log)
      throws IOException {
    assertThat(web.rawGet(path)).startsWith("HTTP/1.1 " + status);

    assertThat(log).doesNotContain("Servlet.service()", "RequestRejectedException");
  }

  @ParameterizedTest
  @CsvSource({"demo, demo, 200", "demo, Demo, 401", "demo, '', 401", "nobody, demo, 401"})
  void the_password_decides(String user, String password, int status) throws IOException {
    assertThat(web.get("/engine-rest/engine", new Login(user, password))).isEqualTo(status);
  }

  @Test
  void whoever_guesses_has_to_wait() throws IOException {
    Login guess = new Login("mallory", "a guess");
    for (int i = 0; i < 5; i++) {
      assertThat(web.get("/engine-rest/engine", guess)).isEqualTo(401);
    }

    HttpResponse<String> answer = web.send(guess.applyTo(web.to("/engine-rest/engine")));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    assertThat(web.get("/engine-rest/engine", Login.CLERK)).as("others").isEqualTo(200);
  }

  @Test
  void a_login_to_Tasklist_counts_everywhere() throws IOException {
    assertThat(web.logIn("tasklist", Login.CLERK)).isEqualTo(200);

    assertThat(web.get("/engine-rest/engine")).isEqualTo(200);
    assertThat(web.get("/sandbox")).isEqualTo(200);
    assertThat(web.send(web.to("/engine-rest/process-definition/count")).body())
        .as("with the rights of that user")
        .isEqualTo(
            web.send(Login.CLERK.applyTo(web.to("/engine-rest/process-definition/count"))).body());
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example, 403",
    "Origin, null, 403",
    "Origin, http://localhost:1, 403",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "X-Nothing, x, 401",
    "Sec-Fetch-Site, same-origin, 200",
    "Origin, here, 200"
  })
  void no_other_site_acts_with_the_session_of_somebody(String header, String value, int status)
      throws IOException {
    web.logIn("tasklist", Login.CLERK);

    assertThat(web.status(web.post(COUNT, "{}").header(header, here(value)))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example, 403",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-origin, 200",
    "Origin, here, 200",
    "X-Nothing, x, 200"
  })
  void no_other_site_acts_with_the_password_that_a_browser_remembers(
      String header, String value, int status) throws IOException {
    var request = Login.CLERK.applyTo(web.post(COUNT, "{}")).header(header, here(value));

    assertThat(web.status(request)).isEqualTo(status);
  }

  private String here(String value) {
    return value.equals("here") ? "http://localhost:" + port : value;
  }

  @Test
  void answers_come_with_the_headers_that_keep_a_browser_careful() throws IOException {
    var headers = web.send(Login.DEMO.applyTo(web.to("/engine-rest/engine"))).headers();

    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(headers.firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("default-src 'none'");
    assertThat(headers.firstValue("Strict-Transport-Security")).as("without TLS").isEmpty();
  }

  @Test
  void the_web_apps_keep_their_own_policy() throws IOException {
    var headers = web.send(web.to("/camunda/app/tasklist/default/")).headers();

    assertThat(headers.firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("script-src", "frame-ancestors 'none'");
  }

  @Test
  void behind_a_proxy_with_TLS_cookies_are_secure_and_TLS_stays() throws IOException {
    var headers =
        web.send(web.to("/camunda/app/tasklist/default/").header("X-Forwarded-Proto", "https"))
            .headers();

    assertThat(headers.allValues("Set-Cookie"))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(cookie -> cookie.contains("Secure"))
        .anyMatch(cookie -> cookie.startsWith("JSESSIONID") && cookie.contains("HttpOnly"))
        .allMatch(cookie -> cookie.contains("SameSite=Lax"));
    assertThat(headers.firstValue("Strict-Transport-Security")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "/engine-rest/message, application/json",
    "/api/signing-requests, application/problem+json"
  })
  void an_absurdly_long_request_is_refused_before_it_is_read(String path, String type)
      throws IOException {
    String answer =
        web.rawHead(
            String.join(
                "\r\n",
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 400000000",
                "",
                ""));

    assertThat(answer).startsWith("HTTP/1.1 413").contains("Content-Type: " + type);
  }

  @Test
  void another_sites_page_is_told_so_in_the_words_of_the_api() throws IOException {
    HttpResponse<String> answer =
        web.send(
            Login.CLERK
                .applyTo(web.post("/api/signing-requests", "{}"))
                .header("Sec-Fetch-Site", "cross-site"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"status\":403", "Another site");
  }

  @ParameterizedTest
  @CsvSource({
    "/engine-rest/message, application/json",
    "/api/encrypted-nins, application/json",
    "/api/signing-requests, multipart/form-data; boundary=x"
  })
  void an_absurdly_long_request_that_does_not_say_so_is_refused_at_the_limit(
      String path, String type) throws IOException {
    // spaces mean nothing in JSON, and nothing before the first part of a form
    var request =
        Login.DEMO
            .applyTo(web.to(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofInputStream(() -> new Spaces(91L << 20)));

    assertThat(web.status(request)).isEqualTo(413);
  }

  @Test
  void a_request_that_does_not_say_how_long_it_is_comes_through() throws IOException {
    var request =
        Login.DEMO
            .applyTo(web.to(COUNT))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(
                    () ->
                        new SequenceInputStream(
                            new Spaces(1L << 20),
                            new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)))));

    assertThat(web.status(request)).isEqualTo(200);
  }

  /** Much text that stands nowhere. */
  private static final class Spaces extends InputStream {

    private long left;

    Spaces(long length) {
      left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int read = (int) Math.min(length, left);
      Arrays.fill(bytes, offset, offset + read, (byte) ' ');
      left -= read;
      return read;
    }
  }
}
