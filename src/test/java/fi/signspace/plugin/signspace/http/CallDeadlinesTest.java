package fi.signspace.plugin.signspace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import fi.signspace.plugin.testkit.SettableClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a suspension of the process, a call may continue before the timer that limits it. */
class CallDeadlinesTest {

  private final AtomicInteger received = new AtomicInteger();
  private final CallDeadlines deadlines = new CallDeadlines(Clock.systemUTC());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    deadlines.close();
    server.stop(0);
  }

  @Test
  void a_call_whose_deadline_has_passed_is_not_sent_even_if_the_timer_is_late() throws IOException {
    try (CloseableHttpClient client = CallDeadlines.bound(HttpClientBuilder.create()).build()) {
      try (CallDeadlines.BoundedCall call = deadlines.begin(Duration.ofMillis(200))) {
        deadlines.close(); // the timer never comes
        await().until(() -> call.timeLeft().isZero());

        assertThatThrownBy(() -> send(client)).isInstanceOf(InterruptedIOException.class);

        assertThat(call.isSent()).isFalse();
        assertThat(call.isExpired()).isTrue();
      }
    }
    assertThat(received).hasValue(0);
  }

  @Test
  void a_call_of_a_machine_that_was_suspended_is_not_sent() throws IOException {
    SettableClock clock = new SettableClock();
    try (CallDeadlines wall = new CallDeadlines(clock);
        CloseableHttpClient client = CallDeadlines.bound(HttpClientBuilder.create()).build();
        CallDeadlines.BoundedCall call = wall.begin(Duration.ofMinutes(1))) {
      clock.advance(Duration.ofMinutes(2));

      assertThatThrownBy(() -> send(client)).isInstanceOf(InterruptedIOException.class);

      assertThat(call.isSent()).isFalse();
    }
    assertThat(received).hasValue(0);
  }

  @Test
  void a_call_in_time_is_sent() throws IOException {
    try (CloseableHttpClient client = CallDeadlines.bound(HttpClientBuilder.create()).build();
        CallDeadlines.BoundedCall call = deadlines.begin(Duration.ofMinutes(1))) {
      send(client);

      assertThat(call.isSent()).isTrue();
    }
    assertThat(received).hasValue(1);
  }

  private void send(CloseableHttpClient client) throws IOException {
    client.execute(
        new HttpPost("http://localhost:%d/".formatted(server.getAddress().getPort())),
        response -> response.getCode());
  }
}
