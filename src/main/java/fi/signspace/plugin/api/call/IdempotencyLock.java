package fi.signspace.plugin.api.call;

import java.util.function.Supplier;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.http.HttpStatus;

/**
 * Serializes callers that use the same key, on all nodes that share a database. A property of the
 * engine is inserted and deleted within the caller's transaction. The row is never visible to
 * others, but its unique name makes the database block a concurrent insert of the same name until
 * this transaction ends.
 */
public final class IdempotencyLock {

  private final ManagementService management;
  private final EngineTransactions engine;

  public IdempotencyLock(ManagementService management, EngineTransactions engine) {
    this.management = management;
    this.engine = engine;
  }

  /** Must be called in a transaction, whose end releases the lock. */
  public <T> T whileHeld(String key, Supplier<T> action) {
    engine.withoutAuthorization(() -> acquire(key));
    T result = action.get();
    engine.withoutAuthorization(() -> release(key));
    return result;
  }

  private String acquire(String key) {
    try {
      management.setProperty(key, "held");
      return key;
    } catch (ProcessEngineException e) {
      // some databases do not wait long enough
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "Being processed",
          "A request with the same Idempotency-Key is being processed; try again in a second.");
    }
  }

  private String release(String key) {
    management.deleteProperty(key);
    return key;
  }
}
