package fi.signspace.plugin.api.call;

import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs several calls of the engine in one transaction. Each call flushes on its own, so its
 * document need not stay in memory during the next, and all are committed together.
 */
public final class EngineTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(EngineTransactions.class);
  private static final String ENGINE = "org.camunda.bpm.engine.impl.";
  private static final int ATTEMPTS = 5;

  private final TransactionTemplate transaction;
  private final IdentityService identity;

  public EngineTransactions(TransactionTemplate transaction, IdentityService identity) {
    this.transaction = transaction;
    this.identity = identity;
  }

  /** Returns the id of the user who is logged in, or "" if there is none. */
  public String user() {
    Authentication current = identity.getCurrentAuthentication();
    return current == null ? "" : current.getUserId();
  }

  /**
   * Runs all calls or none, with the permissions of the caller. A conflict with a concurrent call
   * or step of the process is retried.
   */
  public <T> T inTransaction(Supplier<T> calls) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return transaction.execute(status -> calls.get());
      } catch (ProcessEngineException | NullPointerException e) {
        boolean isLast = attempt == ATTEMPTS && !(e instanceof OptimisticLockingException);
        if (isLast || !isConflict(e)) {
          throw e;
        }
        LOG.debug("Attempt {} conflicted with a call or a step of the process", attempt, e);
      }
    }
    throw new ProblemException(
        HttpStatus.CONFLICT,
        "Busy",
        "Another call or step is changing the request; try again in a second.");
  }

  /**
   * The engine reads rows one after the other, and does not expect one to be gone meanwhile: it
   * then fails anywhere in its work, or the database rejects what it writes.
   */
  private static boolean isConflict(RuntimeException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure instanceof OptimisticLockingException
        || failure instanceof ProcessEnginePersistenceException
        || failure.getClass() == ProcessEngineException.class
        || (failure instanceof NullPointerException
            && trace.length > 0
            && trace[0].getClassName().startsWith(ENGINE));
  }

  /** Runs follow-up work of a permitted call, which needs no permission of its own. */
  public <T> T withoutAuthorization(Supplier<T> calls) {
    Authentication caller = identity.getCurrentAuthentication();
    identity.clearAuthentication();
    try {
      return calls.get();
    } finally {
      if (caller != null) {
        identity.setAuthentication(caller);
      }
    }
  }
}
