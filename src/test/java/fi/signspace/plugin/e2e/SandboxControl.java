package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Actions of people in SignSpace, and faults: the sandbox's control API over plain HTTP. */
public final class SandboxControl {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String baseUrl;
  private final Login login;

  /** As the demo user. */
  public SandboxControl(int port) {
    this(port, Login.DEMO);
  }

  public SandboxControl(int port, Login login) {
    this(HttpClient.newHttpClient(), "http://localhost:" + port, login);
  }

  /**
   * @param server its URL, with its context path
   */
  SandboxControl(HttpClient http, String server, Login login) {
    this.http = http;
    this.login = login;
    baseUrl = server + "/sandbox/control";
  }

  public void reset() {
    send("DELETE", "/faults", "");
    send("DELETE", "/state", "");
    send("DELETE", "/calls", "");
  }

  /** Exports the content of the sandbox, for import into another one. */
  public JsonNode state() {
    return send("GET", "/state", "");
  }

  public void restore(JsonNode state) {
    send("PUT", "/state", state.toString());
  }

  /** The requests with this title, in the sandbox's format. */
  public List<JsonNode> requests(String title) {
    List<JsonNode> found = new ArrayList<>();
    requests()
        .forEach(
            request -> {
              if (request.get("title").asText().equals(title)) {
                found.add(request);
              }
            });
    return found;
  }

  /** All requests, in the sandbox's format. */
  public JsonNode requests() {
    return send("GET", "/requests", "");
  }

  public void sign(String requestId, String handle) {
    send("POST", "/requests/" + requestId + "/sign", "{\"handle\":\"%s\"}".formatted(handle));
  }

  /** Holds, cancels, opens or completes a request as a person in SignSpace could. */
  public void act(String requestId, String action) {
    send("POST", "/requests/" + requestId + "/" + action, "{}");
  }

  /** Someone declines to sign, and the status of the request tells of it. */
  public void declineAndReport(String requestId, String handle) {
    send("POST", "/requests/" + requestId + "/decline", "{\"handle\":\"" + handle + "\"}");
    act(requestId, "report");
  }

  public void completeWithoutEvidence(String requestId) {
    send("POST", "/requests/" + requestId + "/complete", "{\"evidence\":false}");
  }

  /**
   * @param json an array of fault rules
   */
  public void misbehave(String json) {
    send("PUT", "/faults", json);
  }

  /**
   * @param faults JSON with single quotes
   */
  public void setFaults(String... faults) {
    misbehave("[" + String.join(",", faults).replace('\'', '"') + "]");
  }

  /** Rejects the creation of requests, as if the API client had no permission. */
  public void forbidCreation() {
    misbehave(
        "[{\"operation\": \"tasks.signingRequest.create\", \"kind\": \"status\", \"status\": 403}]");
  }

  public void behave() {
    send("DELETE", "/faults", "");
  }

  /** The active faults, with the number of affected calls. */
  public JsonNode faults() {
    return send("GET", "/faults", "");
  }

  public void revokeTokens() {
    send("POST", "/tokens/revoke", "");
  }

  public JsonNode calls() {
    return send("GET", "/calls", "");
  }

  /** With the latest calls only. */
  public JsonNode calls(int most) {
    return send("GET", "/calls?last=" + most, "");
  }

  /** The mails that the sandbox has taken, newest first. */
  public JsonNode mails() {
    return send("GET", "/mails", "");
  }

  public void deleteMails() {
    send("DELETE", "/mails", "");
  }

  private JsonNode send(String method, String path, String body) {
    HttpRequest request =
        login
            .applyTo(HttpRequest.newBuilder(URI.create(baseUrl + path)))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode())
          .as("%s %s: %s", method, path, response.body())
          .isBetween(200, 299);
      return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
