package fi.signspace.plugin.access;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.access.body.BodyLimitFilter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.catalina.valves.RemoteIpValve;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.util.unit.DataSize;

/** Tomcat with our valves, and a servlet that may or may not read the body. */
class GuardedTomcatTest {

  /** With a single thread, any wait for a body would block everything. */
  private static final int SCARCE = 1;

  private static final int PLENTY = 100;
  private static final int LIMIT = 1000;

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private final AtomicInteger received = new AtomicInteger();
  private WebServer server;

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.3.4|1.2.3.4",
        "1.2.3.4:5678|1.2.3.4",
        "[2001:db9::1]:80|2001:db9:0:0:0:0:0:1",
        "9.9.9.9, 1.2.3.4|1.2.3.4",
        "9.9.9.9, 1.2.3.4, 10.0.0.7|1.2.3.4",
        "127.0.0.1, 1.2.3.4, 10.0.0.7, 10.1.1.1|1.2.3.4",
        "10.0.0.5, 10.0.0.6|10.0.0.5",
        "unknown|127.0.0.1",
        "1.2.3.4, garbage|127.0.0.1",
        "garbage, 1.2.3.4|1.2.3.4",
        "1.2.3.4,|127.0.0.1",
        "999.1.1.1|127.0.0.1",
        "example.com|127.0.0.1"
      })
  void a_trusted_proxy_names_the_client(String forwarded, String address) throws IOException {
    start(PLENTY, "127.0.0.1", "10.0.0.0/8");

    String response =
        send("GET /address", "X-Forwarded-For: " + forwarded, "X-Forwarded-Proto: https");

    assertThat(response).endsWith("\r\n\r\n" + address + " https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 1.2.3.4",
        "x-forwarded-for: 1.2.3.4",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Port: 443",
        "Forwarded: for=1.2.3.4;proto=https"
      })
  void no_other_peer_can_name_the_client(String header) throws IOException {
    start(PLENTY, "10.0.0.0/8");

    assertThat(send("GET /address", header)).endsWith("\r\n\r\n127.0.0.1 http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /unread", "GET /unread", "DELETE /unread"})
  void an_unread_body_holds_no_thread(String request) throws IOException {
    start(SCARCE);

    long start = System.nanoTime();
    String response = send(request, "Content-Length: 1000");

    assertThat(response).startsWith("HTTP/1.1 200").contains("Connection: close");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
  }

  @Test
  void a_complete_body_leaves_the_connection_open() throws IOException {
    start(PLENTY);

    String requests =
        text("POST /unread", "Content-Length: 5")
            + "12345"
            + text("GET /address", "Connection: close");

    assertThat(exchange(requests)).contains("HTTP/1.1 200").endsWith("127.0.0.1 http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /read", "POST /form"})
  void a_body_that_does_not_arrive_is_a_timeout(String request) throws IOException {
    start(SCARCE);

    String response =
        send(request, "Content-Length: 1000", "Content-Type: application/x-www-form-urlencoded");

    assertThat(response).startsWith("HTTP/1.1 408").contains("Connection: close");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 2000, 413",
    "Content-Length: 1000, 200",
    "Transfer-Encoding: chunked, 413"
  })
  void a_body_ends_at_its_limit(String header, int status) throws IOException {
    start(PLENTY);
    String body = header.startsWith("T") ? "7d0\r\n" + "x".repeat(2000) : "x".repeat(2000);

    String response = exchange(text("POST /read", header, "Connection: close") + body);

    assertThat(response).startsWith("HTTP/1.1 " + status);
    assertThat(received.get()).isLessThanOrEqualTo(LIMIT);
  }

  @Test
  void a_client_that_expects_100_continue_does_not_send_the_body_of_a_rejected_request()
      throws IOException {
    start(PLENTY);

    String refused = send("POST /unread", "Content-Length: 1000", "Expect: 100-continue");

    assertThat(refused).startsWith("HTTP/1.1 200");
  }

  @Test
  void a_client_that_expects_100_continue_is_told_to_send_an_accepted_body() throws IOException {
    start(PLENTY);

    try (Socket socket = connect()) {
      write(socket, text("POST /read", "Content-Length: 4", "Expect: 100-continue"));
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 100");
      write(socket, "1234");
    }
  }

  private void start(int threads, String... proxies) {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    new WebServerConfiguration()
        .guardedTomcat(
            new NetworkProperties(
                List.of(), Stream.of(proxies).map(IpAddressMatcher::new).toList()),
            threads)
        .customize(factory);
    RemoteIpValve forwarded = new RemoteIpValve();
    forwarded.setInternalProxies(".*");
    forwarded.setHostHeader("X-Forwarded-Host");
    forwarded.setPortHeader("X-Forwarded-Port");
    factory.addEngineValves(forwarded);
    server =
        factory.getWebServer(
            context -> {
              FilterRegistration limit =
                  context.addFilter(
                      "limit",
                      new BodyLimitFilter(DataSize.ofBytes(LIMIT), DataSize.ofBytes(LIMIT)));
              limit.addMappingForUrlPatterns(null, false, "/*");
              context.addServlet("reader", new Reader()).addMapping("/*");
            });
    server.start();
  }

  private final class Reader extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getRequestURI()) {
        case "/read" -> received.addAndGet(count(request.getInputStream()));
        case "/form" -> request.getParameter("x");
        case "/address" ->
            response.getWriter().write(request.getRemoteAddr() + " " + request.getScheme());
        default -> response.getWriter().write("fine");
      }
    }

    private static int count(InputStream body) throws IOException {
      return body.readAllBytes().length;
    }
  }

  private String send(String request, String... headers) throws IOException {
    return exchange(text(request, headers));
  }

  private static String text(String request, String... headers) {
    return request
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList())
        + "\r\n";
  }

  private String exchange(String text) throws IOException {
    try (Socket socket = connect()) {
      write(socket, text);
      if (!text.contains("Content-Length") && !text.contains("Connection")) {
        socket.shutdownOutput();
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
