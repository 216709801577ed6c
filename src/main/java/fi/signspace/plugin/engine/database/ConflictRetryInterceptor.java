package fi.signspace.plugin.engine.database;

import java.util.Set;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cmd.ActivateProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateAllMessageCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateMessageCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.SuspendProcessInstanceCmd;
import org.camunda.bpm.engine.impl.errorcode.BuiltinExceptionCode;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Repeats a message, a decision, or the suspension or deletion of an instance that conflicted with
 * a concurrent step of the same instance. Of two such transactions the database rejects one.
 * Workers and jobs repeat theirs; a caller of the REST API would get HTTP 500 for a valid call.
 */
final class ConflictRetryInterceptor extends CommandInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(ConflictRetryInterceptor.class);
  private static final String ENGINE = "org.camunda.bpm.engine.impl.";
  private static final int ATTEMPTS = 5;

  private static final Set<Class<?>> REPEATED =
      Set.of(
          ActivateProcessInstanceCmd.class,
          CompleteTaskCmd.class,
          CorrelateAllMessageCmd.class,
          CorrelateMessageCmd.class,
          DeleteProcessInstanceCmd.class,
          MessageEventReceivedCmd.class,
          SubmitTaskFormCmd.class,
          SuspendProcessInstanceCmd.class);

  /** PostgreSQL reports a row that was removed concurrently as a violated foreign key. */
  private static final Set<Integer> CONFLICTS =
      Set.of(
          BuiltinExceptionCode.OPTIMISTIC_LOCKING.getCode(),
          BuiltinExceptionCode.DEADLOCK.getCode(),
          BuiltinExceptionCode.FOREIGN_KEY_CONSTRAINT_VIOLATION.getCode());

  @Override
  public <T> T execute(Command<T> command) {
    // a surrounding transaction has already failed with its command
    boolean isRepeatable =
        REPEATED.contains(command.getClass())
            && !TransactionSynchronizationManager.isActualTransactionActive();
    for (int attempt = 1; isRepeatable && attempt < ATTEMPTS; attempt++) {
      try {
        return next.execute(command);
      } catch (ProcessEngineException | NullPointerException e) {
        if (!isConflict(e) && !isLate(command, e)) {
          throw e;
        }
        LOG.debug("{} conflicted with a concurrent step and is repeated", command, e);
      }
    }
    return next.execute(command);
  }

  private static boolean isConflict(RuntimeException failure) {
    if (failure instanceof ProcessEngineException engine) {
      return engine instanceof OptimisticLockingException || CONFLICTS.contains(engine.getCode());
    }
    return isOfEngine(failure);
  }

  /**
   * Whether the subscription of a message ended before the message was delivered: repeated, it is
   * delivered to the current subscription, or rejected as a client error.
   */
  private static boolean isLate(Command<?> command, RuntimeException failure) {
    return (command instanceof CorrelateMessageCmd || command instanceof CorrelateAllMessageCmd)
        && failure.getClass() == ProcessEngineException.class
        && failure.getCause() == null;
  }

  /** The engine reads rows one after the other, and does not expect one to be gone meanwhile. */
  private static boolean isOfEngine(RuntimeException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith(ENGINE);
  }
}
