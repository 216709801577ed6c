package fi.signspace.plugin.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of our REST API over plain HTTP. */
public final class ApiClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "----4711";

  /** A response with any status. */
  public record Response(int status, HttpResponse<byte[]> response) {

    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8), e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The fields reported by a problem. */
    List<String> wrongFields() {
      List<String> fields = new ArrayList<>();
      json().path("errors").forEach(error -> fields.add(error.get("field").asText()));
      return fields;
    }
  }

  /** A form, part by part. */
  public static final class Form {

    private final List<BodyPublisher> parts = new ArrayList<>();

    public Form json(String json) {
      return json(json.getBytes(UTF_8));
    }

    Form json(byte[] json) {
      return part(
          "Content-Disposition: form-data; name=\"request\"\r\nContent-Type: application/json",
          BodyPublishers.ofByteArray(json));
    }

    public Form document(String fileName, byte[] content) {
      return document(fileName, "application/pdf", content);
    }

    Form document(String fileName, String mediaType, byte[] content) {
      return part(
          "Content-Disposition: form-data; name=\"documents\"; filename=\"%s\"\r\nContent-Type: %s"
              .formatted(fileName.replace("\"", "\\\""), mediaType),
          BodyPublishers.ofByteArray(content));
    }

    /** A document without a known length. */
    Form stream(String fileName, byte[] content) {
      return part(
          "Content-Disposition: form-data; name=\"documents\"; filename=\"%s\"\r\nContent-Type: application/pdf"
              .formatted(fileName),
          BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)));
    }

    public Form list(String fileName, byte[] content) {
      return part(
          "Content-Disposition: form-data; name=\"list\"; filename=\"%s\"\r\nContent-Type: text/csv"
              .formatted(fileName),
          BodyPublishers.ofByteArray(content));
    }

    public Form field(String name, String value) {
      return part("Content-Disposition: form-data; name=\"%s\"".formatted(name), value);
    }

    private Form part(String headers, String content) {
      return part(headers, BodyPublishers.ofString(content));
    }

    private Form part(String headers, BodyPublisher content) {
      parts.add(BodyPublishers.ofString("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n"));
      parts.add(content);
      parts.add(BodyPublishers.ofString("\r\n"));
      return this;
    }

    private BodyPublisher body() {
      List<BodyPublisher> all = new ArrayList<>(parts);
      all.add(BodyPublishers.ofString("--" + BOUNDARY + "--\r\n"));
      return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final String server;
  private final Login login;

  public ApiClient(int port, Login login) {
    this.server = "http://localhost:" + port;
    this.login = login;
  }

  Response start(Form form, String... headers) {
    return sendForm("POST", "/api/signing-requests", form, headers);
  }

  Response replaceDocuments(String id, Form form) {
    return sendForm("PUT", "/api/signing-requests/" + id + "/documents", form);
  }

  public Response sendAgain(String id, Form form) {
    return sendForm("POST", "/api/signing-requests/" + id + "/send-again", form);
  }

  Response act(String id, String action) {
    return send(
        request("/api/signing-requests/" + id + "/" + action)
            .POST(BodyPublishers.noBody())
            .build());
  }

  public Response startList(Form form) {
    return sendForm("POST", "/api/bulk", form);
  }

  public Response actOnList(String id, String action) {
    return post("/api/bulk/" + id + "/" + action);
  }

  Response post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()).build());
  }

  public Response get(String id) {
    return getPath("/api/signing-requests/" + id);
  }

  Response options(String path) {
    return send(request(path).method("OPTIONS", BodyPublishers.noBody()).build());
  }

  public Response getPath(String path) {
    return send(request(path).build());
  }

  Response sendForm(String method, String path, Form form, String... headers) {
    HttpRequest.Builder builder =
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .method(method, form.body());
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return send(builder.build());
  }

  Response sendText(String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return login.applyTo(HttpRequest.newBuilder(URI.create(server + path)));
  }

  private Response send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return new Response(response.statusCode(), response);
    } catch (IOException e) {
      throw new IllegalStateException(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
