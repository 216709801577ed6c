package fi.signspace.plugin.api.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.api.delivery.UndeliveredException.Kind;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.signing.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 3;

  private final Map<String, Kind> failures = new ConcurrentHashMap<>();
  private final List<String> attempts = new CopyOnWriteArrayList<>();
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private ProcessEngine engine;
  private Delivery delivery;

  @BeforeEach
  void startEngine() {
    engine =
        new StandaloneInMemProcessEngineConfiguration()
            .setProcessEngineName("delivery")
            .setJdbcUrl("jdbc:h2:mem:delivery;DB_CLOSE_DELAY=-1")
            .setJobExecutorActivate(false)
            .buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("webhook/signing-webhook.bpmn")
        .deploy();
    Duration soon = Duration.ofMillis(20);
    delivery =
        new Delivery(
                "test",
                engine.getExternalTaskService(),
                new RecordingCourier(),
                new RetrySettings(
                    ATTEMPTS, new Backoff(soon, 1, soon, 0), soon, Duration.ofSeconds(10)),
                Clock.systemUTC(),
                new Random(1))
            .measuredBy(metrics);
  }

  @AfterEach
  void stopEngine() {
    delivery.stop();
    engine.close();
  }

  private final class RecordingCourier implements Courier {

    @Override
    public List<String> topics() {
      return List.of(SigningProcess.TELL_WEBHOOK_TOPIC);
    }

    @Override
    public String process() {
      return SigningProcess.WEBHOOK_KEY;
    }

    @Override
    public String advice() {
      return "Look at it.";
    }

    @Override
    public Map<String, Object> deliver(LockedExternalTask task) throws UndeliveredException {
      String key = task.getBusinessKey();
      attempts.add(key);
      Kind kind = failures.get(key);
      if (kind != null) {
        throw new UndeliveredException(kind, "Not now.");
      }
      delivered.add(key);
      return Map.of();
    }
  }

  private void store(String... keys) {
    for (String key : keys) {
      Messages.store(engine.getRuntimeService(), SigningProcess.WEBHOOK_KEY, key, Map.of());
    }
  }

  private double pausedGauge() {
    return metrics
        .get("signspace.delivery.paused")
        .tag("topic", SigningProcess.TELL_WEBHOOK_TOPIC)
        .gauge()
        .value();
  }

  private long incidents() {
    return engine.getRuntimeService().createIncidentQuery().count();
  }

  @Test
  void a_receiver_that_accepts_nothing_pauses_the_channel_and_no_message_is_lost() {
    failures.putAll(Map.of("a", Kind.UNAVAILABLE, "b", Kind.UNAVAILABLE));
    store("a", "b");
    delivery.start();
    await().atMost(LONG).until(() -> attempts.size() > 6 * ATTEMPTS);
    assertThat(incidents()).isZero();
    assertThat(pausedGauge()).isEqualTo(1);

    failures.clear();

    await().atMost(LONG).until(() -> Set.copyOf(delivered).equals(Set.of("a", "b")));
    await().atMost(LONG).until(() -> pausedGauge() == 0);
  }

  @Test
  void a_message_that_only_fails_itself_becomes_an_incident() {
    failures.put("a", Kind.REFUSED);
    store("a", "b");

    delivery.start();

    await().atMost(LONG).until(() -> incidents() == 1);
    assertThat(attempts.stream().filter("a"::equals)).hasSize(ATTEMPTS);
    assertThat(delivered).containsExactly("b");
    assertThat(pausedGauge()).isZero();
  }

  @Test
  void a_hopeless_message_is_not_repeated() {
    failures.put("a", Kind.HOPELESS);
    store("a");

    delivery.start();

    await().atMost(LONG).until(() -> incidents() == 1);
    assertThat(attempts).hasSize(1);
    assertThat(engine.getRuntimeService().createIncidentQuery().singleResult().getIncidentMessage())
        .isEqualTo("Not now. Look at it.");
  }

  @Test
  void messages_are_delivered_in_the_order_of_their_events() {
    // the engine orders by milliseconds
    for (String key : List.of("a", "b", "c")) {
      store(key);
      long stored = System.currentTimeMillis();
      await().until(() -> System.currentTimeMillis() > stored);
    }

    delivery.start();

    await().atMost(LONG).until(() -> delivered.size() == 3);
    assertThat(delivered).containsExactly("a", "b", "c");
  }
}
