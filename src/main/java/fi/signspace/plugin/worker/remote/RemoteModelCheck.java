package fi.signspace.plugin.worker.remote;

import fi.signspace.plugin.model.ModelCheck;
import fi.signspace.plugin.worker.task.EngineApi;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Checks the models of a remote engine in the background, as soon as it responds. */
final class RemoteModelCheck {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteModelCheck.class);
  private static final int ATTEMPTS = 20;

  private final ModelCheck check;
  private final EngineApi engine;
  private final RandomGenerator random;

  RemoteModelCheck(ModelCheck check, EngineApi engine, RandomGenerator random) {
    this.check = check;
    this.engine = engine;
    this.random = random;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    new RetryingStartupTask("signspace-models", random, this::isOver).start();
  }

  private boolean isOver(int attempt) {
    try {
      check.warn(engine.processes(), engine::xmlOf);
      return true;
    } catch (RuntimeException e) {
      LOG.info("Cannot check the deployed models yet, retrying: {}", e.getMessage());
    }
    if (attempt + 1 < ATTEMPTS) {
      return false;
    }
    LOG.warn("The deployed models were not checked: the engine did not respond");
    return true;
  }
}
