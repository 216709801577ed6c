package fi.signspace.plugin.worker;

import static java.util.stream.Collectors.toMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A trace collector: OTLP over HTTP. */
final class TraceCollector implements AutoCloseable {

  private final List<ExportTraceServiceRequest> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  TraceCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  String url() {
    return "http://localhost:%d/v1/traces".formatted(server.getAddress().getPort());
  }

  /** Waits for the first span with this name. */
  Span await(String name, Duration patience) {
    return Awaitility.await()
        .atMost(patience)
        .until(() -> find(name), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Span> find(String name) {
    return received.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .filter(span -> span.getName().equals(name))
        .findFirst();
  }

  static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(toMap(a -> a.getKey(), a -> a.getValue().getStringValue()));
  }

  /** Everything that was received, as text. */
  String everything() {
    return received.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
