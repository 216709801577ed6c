package fi.signspace.plugin.api;

import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Several calls of the engine as one. Each flushes for itself, so the documents of one call need
 * not stay in memory for the next, and all are committed together.
 */
final class EngineTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(EngineTransactions.class);
  private static final int ATTEMPTS = 5;

  private final TransactionTemplate transaction;
  private final IdentityService identity;

  EngineTransactions(TransactionTemplate transaction, IdentityService identity) {
    this.transaction = transaction;
    this.identity = identity;
  }

  /** Who is logged in, "" if nobody is. */
  String user() {
    Authentication current = identity.getCurrentAuthentication();
    return current == null ? "" : current.getUserId();
  }

  /**
   * Does everything or nothing, with the permissions of the caller. What meets a step of the
   * process in the same instant is done again.
   */
  <T> T together(Supplier<T> calls) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return transaction.execute(status -> calls.get());
      } catch (OptimisticLockingException e) {
        LOG.debug("Attempt {} met a step of the process: {}", attempt, e.getMessage());
      }
    }
    throw new ProblemException(
        HttpStatus.CONFLICT, "Busy", "The request is being worked on; try again in a second.");
  }

  /** What follows from a call that the caller was permitted, and needs no permission of its own. */
  <T> T permitted(Supplier<T> calls) {
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
