package fi.signspace.plugin.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.SandboxControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls received by the sandbox since its last reset. */
final class Calls {

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  static final String CREATE = "tasks.signingRequest.create";

  private final SandboxControl sandbox;

  Calls(SandboxControl sandbox) {
    this.sandbox = sandbox;
  }

  int received() {
    return StreamSupport.stream(operations().spliterator(), false)
        .mapToInt(operation -> operation.get("received").asInt())
        .sum();
  }

  int received(String operation) {
    return operations().path(operation).path("received").asInt();
  }

  /** Received, and neither completed nor reset. */
  int underWay(String operation) {
    return underWay(operations().path(operation));
  }

  int underWay() {
    return StreamSupport.stream(operations().spliterator(), false).mapToInt(Calls::underWay).sum();
  }

  private static int underWay(JsonNode counter) {
    int ended = counter.path("cut").asInt();
    for (JsonNode answered : counter.path("answered")) {
      ended += answered.asInt();
    }
    return counter.path("received").asInt() - ended;
  }

  /** Waits until SignSpace has received a few more calls, at most three seconds. */
  void awaitRandomMoment(Random random) {
    int until = received() + 1 + random.nextInt(8);
    try {
      await()
          .atMost(Duration.ofSeconds(3))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> received() >= until);
    } catch (ConditionTimeoutException e) {
      LOG.info("An idle moment");
    }
  }

  /** The times of receipt of the calls of an operation, in order. */
  List<Instant> times(Predicate<JsonNode> kind) {
    List<Instant> times = new ArrayList<>();
    for (JsonNode call : sandbox.calls().get("calls")) {
      if (kind.test(call)) {
        times.add(Instant.parse(call.get("at").asText()));
      }
    }
    return times.stream().sorted().toList();
  }

  /** Without the list of calls, which is long: this is polled. */
  private JsonNode operations() {
    return sandbox.calls(1).get("operations");
  }
}
