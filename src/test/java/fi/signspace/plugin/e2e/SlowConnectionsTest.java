package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The effect of slow request bodies on other clients. */
@EndToEnd
@Tag("long")
class SlowConnectionsTest {

  private static final int CONNECTIONS = 300;
  private static final int WARM_UP = 100;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @LocalServerPort private int port;

  private final List<Socket> sockets = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void hangUp() throws IOException {
    clock.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // refused before the body is read
        "POST /engine-rest/task|Content-Length: 100000",
        "POST /engine-rest/task|Transfer-Encoding: chunked",
        "PUT /engine-rest/task|Content-Length: 100000|Content-Type: application/x-www-form-urlencoded",
        // not read by any handler
        "GET /api/keys|Content-Length: 100000",
        "GET /actuator/health/liveness|Content-Length: 100000",
        // read without a login
        "POST /camunda/api/admin/auth/user/default/login/tasklist|Content-Length: 100000"
            + "|Content-Type: application/x-www-form-urlencoded",
        "POST /camunda/api/admin/auth/user/default/login/tasklist|Transfer-Encoding: chunked"
            + "|Content-Type: application/x-www-form-urlencoded",
        "POST /sandbox/auth/token|Content-Length: 100000"
            + "|Content-Type: application/x-www-form-urlencoded",
        // read with one
        "POST /engine-rest/task|Content-Length: 100000|Content-Type: application/json|Authorization",
        "POST /api/signing-requests|Content-Length: 100000"
            + "|Content-Type: multipart/form-data; boundary=x|Authorization",
        "POST /engine-rest/task|Transfer-Encoding: chunked|Content-Type: application/json|Authorization",
      })
  void the_health_check_is_answered_within_two_seconds(String request) throws Exception {
    warmUp(request);
    for (int i = 0; i < CONNECTIONS; i++) {
      sockets.add(open(request));
    }

    Future<?> slowly =
        clock.scheduleWithFixedDelay(this::sendOneByteEach, 0, 50, TimeUnit.MILLISECONDS);

    Web web = new Web(port);
    for (int i = 0; i < 20; i++) {
      assertThat(web.status(web.to("/actuator/health/liveness").timeout(limit()))).isEqualTo(200);
    }
    assertThat(slowly).isNotDone();
  }

  /** Two seconds, or as much longer as the machine has other things to do. */
  private static Duration limit() {
    OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
    double load = machine.getSystemLoadAverage() / machine.getAvailableProcessors();
    return LIMIT.multipliedBy(Math.max(1, Math.round(load)));
  }

  /** The test is about waiting, not about the first use of classes in 300 threads at once. */
  private void warmUp(String request) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      try (Socket socket = open(request)) {
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      }
    }
  }

  private Socket open(String request) throws IOException {
    String head =
        request
            .replaceFirst("\\|", " HTTP/1.1\r\nHost: localhost\r\n")
            .replace("|Authorization", "|Authorization: " + Login.CLERK.authorization())
            .replace("|", "\r\n");
    Socket socket = new Socket("localhost", port);
    socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private void sendOneByteEach() {
    for (Socket socket : sockets) {
      try {
        socket.getOutputStream().write('1');
      } catch (IOException e) {
        // the node has closed the connection, as expected
      }
    }
  }
}
