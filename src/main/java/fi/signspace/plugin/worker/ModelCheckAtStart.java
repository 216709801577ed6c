package fi.signspace.plugin.worker;

import fi.signspace.plugin.model.ModelCheck;
import fi.signspace.plugin.signing.GrowingWait;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Checks the models of an engine that is elsewhere, in the background and as soon as it answers.
 */
final class ModelCheckAtStart {

  private static final Logger LOG = LoggerFactory.getLogger(ModelCheckAtStart.class);
  private static final GrowingWait WAITS =
      new GrowingWait(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);
  private static final int ATTEMPTS = 20;

  private final ModelCheck check;
  private final EngineApi engine;
  private final RandomGenerator random;

  ModelCheckAtStart(ModelCheck check, EngineApi engine, RandomGenerator random) {
    this.check = check;
    this.engine = engine;
    this.random = random;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    Thread thread = new Thread(this::checkOnceTheEngineAnswers, "signspace-models");
    thread.setDaemon(true);
    thread.start();
  }

  private void checkOnceTheEngineAnswers() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        check.warn(engine.processes(), engine::xmlOf);
        return;
      } catch (RuntimeException e) {
        LOG.info("The deployed models could not be checked yet: {}", e.getMessage());
      }
      try {
        Thread.sleep(WAITS.after(attempt, random).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    LOG.warn("The deployed models were not checked, since the engine did not answer");
  }
}
