package fi.signspace.plugin.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.FileSystemUtils;

/** Authentication and authorization of every path. */
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
        "/sandbox/control/mails",
        "/sandbox/mails/1",
        "/sandbox/sandbox.js",
        "/actuator",
        "/actuator/env",
        "/actuator/prometheus",
        "/api/anything",
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
    "/%65ngine-rest/task, 400",
    "/engine%2Drest/task, 400",
    "/camunda/app/tasklist/nosuch, 404",
    "/camunda/app/tasklist/nosuch/, 404",
    "/camunda/app/nosuch/default/, 404",
    "/camunda/app/TASKLIST/default/, 404",
    "/camunda/app/tasklist/scripts/, 404",
    "/camunda/api/engine/engine/nosuch/task, 401",
    "/camunda/api/engine/application.wadl, 403",
    "/camunda/api/admin/application.wadl, 403",
    "/ENGINE-REST/engine, 401"
  })
  void no_spelling_of_a_path_bypasses_the_login(String path, int status, CapturedOutput log)
      throws IOException {
    assertThat(web.rawGet(path)).startsWith("HTTP/1.1 " + status);

    assertThat(log).doesNotContain("Servlet.service()", "RequestRejectedException");
  }

  @ParameterizedTest
  @CsvSource({
    "signing-request, 200",
    "signing-status-sweep, 200",
    "bulk-signing, 404",
    "signing-mail, 404"
  })
  void workers_see_only_the_processes_that_they_serve(String process, int status)
      throws IOException {
    assertThat(web.get("/engine-rest/process-definition/key/" + process, Login.WORKER))
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"demo, demo, 200", "demo, Demo, 401", "demo, '', 401", "nobody, demo, 401"})
  void the_password_decides(String user, String password, int status) throws IOException {
    assertThat(web.get("/engine-rest/engine", new Login(user, password))).isEqualTo(status);
  }

  @Test
  void password_guessing_is_throttled() throws IOException {
    Login guess = new Login("mallory", "a guess");
    for (int i = 0; i < 5; i++) {
      assertThat(web.get("/engine-rest/engine", guess)).isEqualTo(401);
    }

    HttpResponse<String> response = web.send(guess.applyTo(web.to("/engine-rest/engine")));

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    assertThat(web.get("/engine-rest/engine", Login.CLERK)).as("others").isEqualTo(200);
  }

  @Test
  void no_client_chooses_the_address_that_is_throttled() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(guessAs("198.51.100." + i)).isEqualTo("HTTP/1.1 401");
    }

    assertThat(guessAs("198.51.100.5")).isEqualTo("HTTP/1.1 429");
  }

  private String guessAs(String forwarded) throws IOException {
    String login = Base64.getEncoder().encodeToString("molly:a guess".getBytes(US_ASCII));
    return byStranger(
        "/engine-rest/engine",
        "Host: localhost",
        "X-Forwarded-For: " + forwarded,
        "Authorization: Basic " + login);
  }

  /** A page of another site could do so, after it has pointed its name to this node. */
  @Test
  void no_client_chooses_the_host_that_is_checked() throws IOException {
    assertThat(byStranger("/api/keys", "Host: evil.example", "X-Forwarded-Host: localhost"))
        .isEqualTo("HTTP/1.1 400");
  }

  private String byStranger(String path, String... headers) throws IOException {
    return web.rawByStranger(
        "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
            .formatted(path, String.join("\r\n", headers)));
  }

  @Test
  void guessing_from_elsewhere_locks_no_user_out() throws IOException {
    Login guess = new Login(Login.CLERK.user(), "a guess");
    for (int i = 0; i < 30; i++) {
      web.status(
          guess
              .applyTo(web.to("/engine-rest/engine"))
              .header("X-Forwarded-For", "198.51.100." + i));
    }

    assertThat(web.get("/engine-rest/engine", Login.CLERK)).isEqualTo(200);
    assertThat(web.logIn("tasklist", Login.CLERK)).isEqualTo(200);
  }

  @Test
  void password_guessing_at_the_web_app_login_is_throttled() throws IOException {
    Login guess = new Login("malva", "a guess");
    for (int i = 0; i < 5; i++) {
      assertThat(web.logIn("tasklist", guess)).isEqualTo(401);
    }

    assertThat(web.logIn("tasklist", guess)).isEqualTo(429);
    assertThat(web.logIn("tasklist", Login.CLERK)).as("others").isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /engine-rest/task",
    "GET, /engine-rest/engine",
    "POST, /engine-rest/external-task/fetchAndLock",
    "GET, /camunda/api/engine/engine/default/task"
  })
  void a_user_without_a_group_cannot_query_the_engine(String method, String path)
      throws IOException {
    web.logIn("tasklist", Login.OUTSIDER);

    int status =
        web.status(
            Login.OUTSIDER
                .applyTo(web.to(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}")));

    assertThat(status).isIn(401, 403);
  }

  @Test
  void a_user_without_a_group_sees_no_health_details() throws IOException {
    assertThat(web.send(Login.OUTSIDER.applyTo(web.to("/actuator/health"))).body())
        .contains("\"UP\"")
        .doesNotContain("components");
    assertThat(web.send(Login.OPERATOR.applyTo(web.to("/actuator/health"))).body())
        .contains("components");
  }

  @ParameterizedTest
  @CsvSource({
    "clara, of-the-clerk, 403",
    "iris, of-the-integrator, 403",
    "signing-worker, of-the-workers, 200",
    "otto, of-the-operator, 200",
    "demo, demo, 200"
  })
  void only_workers_and_admins_fetch_external_tasks(String user, String password, int status)
      throws IOException {
    String body = "{\"workerId\": \"w\", \"maxTasks\": 1, \"topics\": []}";

    assertThat(
            web.status(
                new Login(user, password)
                    .applyTo(web.post("/engine-rest/external-task/fetchAndLock", body))))
        .isEqualTo(status);
    assertThat(
            web.status(
                new Login(user, password)
                    .applyTo(
                        web.post("/engine-rest/engine/default/external-task/fetchAndLock", body))))
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"clara, of-the-clerk, 403", "otto, of-the-operator, 403", "demo, demo, 200"})
  void only_administrators_verify_passwords_of_others(String user, String password, int status)
      throws IOException {
    var request =
        new Login(user, password)
            .applyTo(
                web.post(
                    "/engine-rest/identity/verify",
                    "{\"username\": \"otto\", \"password\": \"a guess\"}"));

    assertThat(web.status(request)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "demo, demo, /engine-rest/task, 413",
    "demo, demo, /engine-rest/history/variable-instance, 413",
    "nora, of-nobody, /api/signing-requests, 403",
    "nora, of-nobody, /api/bulk, 403",
    "nora, of-nobody, /engine-rest/message, 403",
    // its message has no name
    "clara, of-the-clerk, /engine-rest/message, 400",
    "iris, of-the-integrator, /engine-rest/message, 400"
  })
  void long_requests_are_accepted_only_from_users_who_may_send_documents(
      String user, String password, String path, int status) throws IOException {
    var request =
        new Login(user, password).applyTo(web.post(path, "{}" + " ".repeat(3 * 1024 * 1024)));

    assertThat(web.status(request)).isEqualTo(status);
  }

  @Test
  void files_are_accepted_only_from_users_who_may_send_documents() throws IOException {
    String form = "--x\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n{}\r\n--x--\r\n";
    var request =
        new Login("rita", "of-the-reader")
            .applyTo(web.to("/api/signing-requests"))
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString(form));

    var response = web.send(request);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("may send files");
  }

  @Test
  void documents_are_accepted_after_the_upload_folder_was_deleted(@Autowired ServletContext context)
      throws IOException {
    File folder = (File) context.getAttribute(ServletContext.TEMPDIR);
    assertThat(FileSystemUtils.deleteRecursively(folder)).isTrue();

    ApiClient.Response response =
        new ApiClient(port, Login.INTEGRATOR)
            .start(
                new ApiClient.Form()
                    .json(
                        """
                        {"title": "Lease", "participants": [{"handle": "anna@example.com", "role": "signer"}]}\
                        """)
                    .document("lease.pdf", Pdfs.withText("Lease")));

    assertThat(response.status()).as(response.text()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"otto, of-the-operator, 404", "clara, of-the-clerk, 403"})
  void external_tasks_cannot_be_fetched_through_a_web_app(String user, String password, int status)
      throws IOException {
    EngineEndpoint tasklist = EngineEndpoint.webApp(port, new Login(user, password));

    var response =
        tasklist.send(EngineEndpoint.Call.of("POST", "/external-task/fetchAndLock", "{}"));

    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void errors_of_the_web_apps_match_the_engine_rest_api() throws IOException {
    EngineEndpoint tasklist = EngineEndpoint.webApp(port, Login.CLERK);

    var deep =
        tasklist.send(EngineEndpoint.Call.of("POST", "/task", "[".repeat(5000) + "]".repeat(5000)));
    var quoting =
        tasklist.send(
            EngineEndpoint.Call.of(
                "POST",
                "/process-definition/key/signing-request/start",
                "{\"variables\": {\"dueDate\": {\"value\": \"131052-308T\", \"type\": \"Date\"}}}"));

    assertThat(deep.statusCode()).isEqualTo(400);
    assertThat(quoting.statusCode()).isEqualTo(400);
    assertThat(quoting.body()).contains("Date").doesNotContain("131052");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[DEEP]",
        "{\"nameLike\": [DEEP]}",
        "{\"priority\": LONG}",
        "{\"priority\": 1e999999999}",
        "{\"priority\": 99999999999}",
        "{\"processVariables\": [{\"name\": \"x\", \"operator\": \"eq\", \"value\": LONG}]}"
      })
  void large_or_deep_json_is_handled(String template, CapturedOutput log) throws IOException {
    String json =
        template
            .replace("DEEP", "[".repeat(5000) + "]".repeat(5000))
            .replace("LONG", "9".repeat(5000));

    int status = web.status(Login.CLERK.applyTo(web.post("/engine-rest/task", json)));

    assertThat(status).isEqualTo(400);
    assertThat(log).doesNotContain("ENGINE-REST-HTTP500");
  }

  @Test
  void a_login_to_tasklist_is_valid_everywhere() throws IOException {
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
  void another_site_cannot_use_a_session(String header, String value, int status)
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
  void another_site_cannot_use_a_remembered_password(String header, String value, int status)
      throws IOException {
    var request = Login.CLERK.applyTo(web.post(COUNT, "{}")).header(header, here(value));

    assertThat(web.status(request)).isEqualTo(status);
  }

  private String here(String value) {
    return value.equals("here") ? "http://localhost:" + port : value;
  }

  @Test
  void responses_have_security_headers() throws IOException {
    var headers = web.send(Login.DEMO.applyTo(web.to("/engine-rest/engine"))).headers();

    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(headers.firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("default-src 'none'");
    assertThat(headers.firstValue("Strict-Transport-Security")).as("without TLS").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/engine",
        "/engine-rest/process-definition?key=signing-request",
        "/camunda/api/engine/engine/default/process-instance/count",
        "/api/signing-requests"
      })
  void case_data_is_stored_in_no_cache(String path) throws IOException {
    var headers = web.send(Login.DEMO.applyTo(web.to(path))).headers();

    assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
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
  void behind_a_tls_proxy_cookies_are_secure_and_hsts_is_set() throws IOException {
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
    "/api/signing-requests, application/problem+json",
    "/api/bulk, application/problem+json"
  })
  void an_oversized_request_is_rejected_before_it_is_read(String path, String type)
      throws IOException {
    String response =
        web.rawHead(
            String.join(
                "\r\n",
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 400000000",
                "",
                ""));

    assertThat(response).startsWith("HTTP/1.1 413").contains("Content-Type: " + type);
  }

  @Test
  void a_cross_site_request_is_rejected_with_a_problem() throws IOException {
    HttpResponse<String> response =
        web.send(
            Login.CLERK
                .applyTo(web.post("/api/signing-requests", "{}"))
                .header("Sec-Fetch-Site", "cross-site"));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"status\":403", "page of another site");
  }

  @ParameterizedTest
  @CsvSource({
    "/engine-rest/message, application/json",
    "/api/encrypted-nins, application/json",
    "/api/signing-requests, multipart/form-data; boundary=x"
  })
  void an_oversized_request_without_content_length_is_rejected_at_the_limit(
      String path, String type) throws IOException {
    // whitespace is insignificant in JSON, and before the first part of a form
    var request =
        Login.DEMO
            .applyTo(web.to(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofInputStream(() -> new Spaces(91L << 20)));

    assertThat(web.status(request)).isEqualTo(413);
  }

  @Test
  void a_request_without_content_length_is_accepted() throws IOException {
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

  /** Generated whitespace of any length. */
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
