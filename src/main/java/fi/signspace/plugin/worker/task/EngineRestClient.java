package fi.signspace.plugin.worker.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.http.HttpClients;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;

/**
 * Sends requests to the engine's REST API and maps failures to exceptions: {@link
 * IncidentException} if the engine rejects a request permanently; {@link UnconfirmedException} if
 * it fails to process it; {@link ExternalTaskClientException}, like the task client, for transient
 * failures.
 */
public final class EngineRestClient {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The timeout of a whole exchange, as a multiple of the response timeout. */
  private static final int EXCHANGE_FACTOR = 5;

  /** The maximum size of an error response that is read. */
  private static final int MAX_ERROR_BYTES = 4096;

  /**
   * HTTP statuses of transient client errors: temporary login failures, timeouts, conflicts,
   * throttling.
   */
  private static final Set<Integer> TRANSIENT = Set.of(401, 408, 409, 425, 429);

  private final Supplier<String> baseUrl;
  private final List<ClientRequestInterceptor> interceptors;
  private final CloseableHttpClient http;

  /**
   * @param timeout the response timeout
   * @param interceptors add headers to every request: credentials, trace
   */
  EngineRestClient(
      Supplier<String> baseUrl, Duration timeout, List<ClientRequestInterceptor> interceptors) {
    this.baseUrl = baseUrl;
    this.interceptors = List.copyOf(interceptors);
    this.http = HttpClients.internal(limits(timeout)).build();
  }

  /** Whether the engine may respond differently to a retry. */
  public static boolean isTransient(int status) {
    return status >= 500 || TRANSIENT.contains(status);
  }

  public static HttpClients.Limits limits(Duration timeout) {
    return new HttpClients.Limits(CONNECT_TIMEOUT, timeout, timeout.multipliedBy(EXCHANGE_FACTOR));
  }

  JsonNode get(String path) {
    return json(new HttpGet(at(path)));
  }

  /** Reads a resource; empty if it does not exist or the workers' user may not read it. */
  Optional<JsonNode> find(String path) {
    Response response = exchange(new HttpGet(at(path)));
    if (response.status() == 403 || response.status() == 404) {
      return Optional.empty();
    }
    response.check();
    return Optional.of(tree(response.body()));
  }

  JsonNode post(String path, Object body) {
    return json(withBody(new HttpPost(at(path)), body));
  }

  /** Posts a request and returns the response without checking it. */
  Response tryPost(String path, Object body) {
    return exchange(withBody(new HttpPost(at(path)), body));
  }

  void put(String path, Object body) {
    exchange(withBody(new HttpPut(at(path)), body)).check();
  }

  void delete(String path) {
    exchange(new HttpDelete(at(path))).check();
  }

  void post(String path, HttpEntity body) {
    HttpPost request = new HttpPost(at(path));
    request.setEntity(body);
    exchange(request).check();
  }

  /** Opens a response body as a stream; the caller closes it, which closes the connection. */
  InputStream open(String path) {
    HttpGet request = prepared(new HttpGet(at(path)));
    try {
      ClassicHttpResponse response = http.executeOpen(null, request, null);
      if (response.getCode() >= 300) {
        try (response) {
          readResponse(request, response).check();
        }
      }
      HttpEntity body = response.getEntity();
      InputStream content = body == null ? InputStream.nullInputStream() : body.getContent();
      return new FilterInputStream(content) {
        @Override
        public void close() throws IOException {
          // closes the connection instead of reading the rest of a large document
          response.close();
        }
      };
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private URI at(String path) {
    return URI.create(baseUrl.get() + path);
  }

  private static <T extends ClassicHttpRequest> T withBody(T request, Object body) {
    request.setEntity(new StringEntity(Json.write(body), ContentType.APPLICATION_JSON));
    return request;
  }

  private <T extends ClassicHttpRequest> T prepared(T request) {
    interceptors.forEach(interceptor -> interceptor.intercept(request::addHeader));
    return request;
  }

  private JsonNode json(ClassicHttpRequest request) {
    Response response = exchange(request);
    response.check();
    return tree(response.body());
  }

  private Response exchange(ClassicHttpRequest request) {
    try {
      return http.execute(prepared(request), response -> readResponse(request, response));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static Response readResponse(ClassicHttpRequest request, ClassicHttpResponse response)
      throws IOException {
    int status = response.getCode();
    HttpEntity body = response.getEntity();
    String name = request.getMethod() + " " + request.getPath();
    if (body == null) {
      return new Response(name, status, new byte[0]);
    }
    try (InputStream content = body.getContent()) {
      return new Response(
          name,
          status,
          status < 300 ? content.readAllBytes() : content.readNBytes(MAX_ERROR_BYTES));
    }
  }

  private static ExternalTaskClientException unreachable(IOException e) {
    return new ExternalTaskClientException(
        "The engine does not respond (%s: %s)"
            .formatted(e.getClass().getSimpleName(), e.getMessage()),
        e);
  }

  private static JsonNode tree(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new ExternalTaskClientException("The engine's response is not JSON", e);
    }
  }

  /**
   * A response of the engine.
   *
   * @param request method and path, for messages
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Response(String request, int status, byte[] body) {

    /** Whether the error has this exception as its type, or its message begins with it. */
    boolean names(String exception) {
      String cause = error().path("message").asText("").split(":", 2)[0];
      return errorType().equals(exception) || cause.endsWith("." + exception);
    }

    /** The error type; empty if there is none. */
    String errorType() {
      return error().path("type").asText("");
    }

    private JsonNode error() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        return MAPPER.missingNode();
      }
    }

    /** Throws unless the request succeeded. */
    void check() {
      if (status < 300) {
        return;
      }
      if (status == 403) {
        throw new IncidentException(
            "The engine denies %s to the workers' user (HTTP 403). Grant the permission, then retry."
                .formatted(request));
      }
      JsonNode error = error();
      String message =
          "The engine responds to %s with HTTP %s%s".formatted(request, status, type(error));
      if (!isTransient(status)) {
        throw new IncidentException(
            message
                + ", which a retry alone does not change. Correct the process instance in Cockpit, then retry.");
      }
      if (status == 500 && error.has("type") && error.path("code").asInt() == 0) {
        // transient failures have their own codes, such as 1 for optimistic locking
        throw new UnconfirmedException(
            message + ". See the engine's log of this time; correct the cause, then retry.");
      }
      throw new ExternalTaskClientException(message);
    }

    private static String type(JsonNode error) {
      String type = error.path("type").asText("");
      return type.isEmpty() ? "" : " (" + type + ")";
    }
  }
}
