package fi.signspace.plugin.api;

import java.util.function.Supplier;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.http.HttpStatus;

/**
 * Lets one caller at a time use a key, on all nodes that share a database. A property of the engine
 * is written and deleted again in the caller's transaction: nobody ever sees it, but its name is
 * unique, so the database lets whoever writes the same one wait until the first is done.
 */
final class IdempotencyLock {

  private final ManagementService management;
  private final EngineTransactions engine;

  IdempotencyLock(ManagementService management, EngineTransactions engine) {
    this.management = management;
    this.engine = engine;
  }

  /** To be called in a transaction, which ends the wait of the others. */
  <T> T whileHeld(String key, Supplier<T> action) {
    engine.permitted(() -> acquire(key));
    T result = action.get();
    engine.permitted(() -> release(key));
    return result;
  }

  private String acquire(String key) {
    try {
      management.setProperty(key, "held");
      return key;
    } catch (ProcessEngineException e) {
      // a database that does not wait long enough
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "Being worked on",
          "A request with the same Idempotency-Key is being worked on; try again in a second.");
    }
  }

  private String release(String key) {
    management.deleteProperty(key);
    return key;
  }
}
