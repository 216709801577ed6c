package fi.signspace.plugin.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A minimal client of the sandbox's SignSpace API, without error handling. */
final class PlainSignSpace {

  private static final String ACTING_HANDLE = "robot@sandbox.example";

  private final PlainHttp http = new PlainHttp();
  private final String url;
  private final String token;

  /**
   * @param url of the sandbox
   */
  PlainSignSpace(String url) {
    this.url = url + "/sandbox";
    token =
        http.send(
                HttpRequest.newBuilder(URI.create(this.url + "/auth/token"))
                    .header("Authorization", PlainHttp.basic("sandbox", "sandbox"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")))
            .get("access_token")
            .asText();
  }

  /**
   * @return the id of the file
   */
  String upload(String name, byte[] content) {
    return post(
            "/files.create",
            Map.of(
                "acting_handle",
                ACTING_HANDLE,
                "name",
                name,
                "base64",
                Base64.getEncoder().encodeToString(content)))
        .get("_id")
        .asText();
  }

  /**
   * @return the id of the request, whose signer is Anna
   */
  String create(String title, String fileId) {
    return post(
            "/tasks.signingRequest.create",
            Map.of(
                "acting_handle",
                ACTING_HANDLE,
                "title",
                title,
                "files",
                List.of(fileId),
                "participants",
                List.of(Map.of("handle", "anna@example.com", "role", "signer")),
                "version",
                "v2",
                "create_conversation",
                true))
        .get("_id")
        .asText();
  }

  String statusOf(String requestId) {
    return http.send(authorized("/tasks.get?id=" + requestId).GET()).get(0).get("status").asText();
  }

  private JsonNode post(String path, Map<String, ?> payload) {
    try {
      return http.send(
          authorized(path)
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(PlainHttp.JSON.writeValueAsString(payload))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
        .header("Authorization", "Bearer " + token);
  }
}
