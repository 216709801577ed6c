package fi.signspace.plugin.benchmark;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Starts many process instances and measures when their requests reach SignSpace. */
final class Load {

  static final String CREATE = "tasks.signingRequest.create";

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final int CALLERS = 4;

  private static final byte[] DOCUMENT = Pdfs.withText("A small document");

  private final EngineRest engine;
  private final SandboxControl sandbox;
  private final String process;

  Load(Application application, String process) {
    this(application, process, application);
  }

  /**
   * @param signSpace the application whose sandbox is called
   */
  Load(Application application, String process, Application signSpace) {
    this.engine = application.engine();
    this.sandbox = signSpace.sandbox();
    this.process = process;
  }

  /** The time from the first start until the last request was created. */
  Duration start(int count) {
    Instant start = Instant.now();
    int before = created();
    inParallel(count, i -> start("Load " + i));
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> created() == before + count);
    return Duration.between(start, lastCreation());
  }

  /** Uses the median, because the database vacuums at arbitrary times. */
  static Duration median(int count, Supplier<Duration> measured) {
    return Stream.generate(measured).limit(count).sorted().toList().get(count / 2);
  }

  String start(String title) {
    return start(title, 1);
  }

  String start(String title, int documents) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "title", title);
    for (int number = 1; number <= documents; number++) {
      EngineRest.putFile(variables, "document" + number, "small.pdf", DOCUMENT);
    }
    EngineRest.putJson(
        variables, "participants", "[{\"handle\": \"anna@example.com\", \"role\": \"signer\"}]");
    return engine.start(process, title, variables);
  }

  /** Completed calls, because a call is listed when it has ended. */
  private int created() {
    int created = 0;
    for (JsonNode times : sandbox.calls(1).get("operations").path(CREATE).path("answered")) {
      created += times.asInt();
    }
    return created;
  }

  private Instant lastCreation() {
    Instant last = Instant.MIN;
    for (JsonNode call : sandbox.calls().get("calls")) {
      Instant at = Instant.parse(call.get("at").asText());
      if (call.get("operation").asText().equals(CREATE) && at.isAfter(last)) {
        last = at;
      }
    }
    return last;
  }

  /** Repeats an action with several concurrent callers. */
  static <T> List<T> inParallel(int count, IntFunction<T> work) {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Callable<T>> calls =
          IntStream.range(0, count).<Callable<T>>mapToObj(i -> () -> work.apply(i)).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> result : callers.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      callers.shutdownNow();
    }
  }
}
