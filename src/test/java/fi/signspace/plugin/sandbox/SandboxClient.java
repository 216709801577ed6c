package fi.signspace.plugin.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client of the sandbox over real HTTP. */
public final class SandboxClient {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String base;
  private @Nullable String token;

  SandboxClient(int port) {
    base = "http://localhost:" + port;
  }

  /** A response with its body as text and, if possible, as JSON. */
  record Response(HttpResponse<byte[]> response) {

    int status() {
      return response.statusCode();
    }

    byte[] bytes() {
      return response.body();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Response ok() {
      if (status() / 100 != 2) {
        throw new AssertionError(status() + " " + text());
      }
      return this;
    }
  }

  URI uri(String path) {
    return URI.create(base + path);
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
  }

  /** Sends any request; a broken connection is an {@link IOException}. */
  public Response send(HttpRequest.Builder request) throws IOException {
    try {
      return new Response(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Response sendJson(String method, String path, String json) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  Response sendJson(String method, String path, Object body) throws IOException {
    return sendJson(method, path, MAPPER.writeValueAsString(body));
  }

  public Response get(String path) throws IOException {
    return send(request(path));
  }

  // --- the API

  public Response requestToken(String credentials, String form) throws IOException {
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return send(
        request("/sandbox/auth/token")
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  SandboxClient signIn() throws IOException {
    token =
        requestToken("sandbox:sandbox", "grant_type=client_credentials")
            .ok()
            .json()
            .get("access_token")
            .textValue();
    return this;
  }

  public HttpRequest.Builder authorized(String path) {
    return request("/sandbox/api/v1" + path).header("Authorization", "Bearer " + token);
  }

  public Response apiGet(String path) throws IOException {
    return send(authorized(path));
  }

  Response apiPost(String operation, Object body) throws IOException {
    return apiPost(operation, BodyPublishers.ofString(MAPPER.writeValueAsString(body)));
  }

  Response apiPost(String operation, BodyPublisher body) throws IOException {
    return send(authorized("/" + operation).header("Content-Type", "application/json").POST(body));
  }

  /**
   * @return the id of the new file
   */
  String upload(String name, byte[] content) throws IOException {
    return upload(Map.of("name", name, "base64", Base64.getEncoder().encodeToString(content)));
  }

  String upload(Map<String, Object> parameters) throws IOException {
    var body = new HashMap<String, Object>(parameters);
    body.put("acting_handle", "robot@sandbox.example");
    return apiPost("files.create", body).ok().json().get("_id").textValue();
  }

  /** The state of one request as returned by the API. */
  JsonNode task(String id) throws IOException {
    return apiGet("/tasks.get?id=" + id).ok().json().get(0);
  }

  Response change(String operation, String taskId) throws IOException {
    return apiPost(operation, Map.of("acting_handle", "robot@sandbox.example", "task", taskId));
  }

  // --- the people

  Response control(String taskId, String action, Object body) throws IOException {
    return sendJson("POST", "/sandbox/control/requests/" + taskId + "/" + action, body);
  }

  Response sign(String taskId, String handle) throws IOException {
    return control(taskId, "sign", Map.of("handle", handle));
  }

  public void misbehave(Map<?, ?>... faults) throws IOException {
    sendJson("PUT", "/sandbox/control/faults", List.of(faults)).ok();
  }

  /** The counters of one operation. */
  public JsonNode calls(String operation) throws IOException {
    return get("/sandbox/control/calls").ok().json().get("operations").path(operation);
  }

  public void clear() throws IOException {
    send(request("/sandbox/control/state").DELETE()).ok();
  }
}
