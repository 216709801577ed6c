package fi.signspace.plugin.engine.security.command;

import jakarta.ws.rs.core.Response.Status;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.EvaluateStartConditionCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.cmd.SignalEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.pvm.PvmException;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * An event without a receiver and a task that is gone are client errors. The engine treats them as
 * its own failures, and its REST API would respond 500.
 */
final class MisdirectedEvents {

  private static final Set<Class<?>> EVENTS =
      Set.of(
          EvaluateStartConditionCmd.class,
          MessageEventReceivedCmd.class,
          SignalCmd.class,
          SignalEventReceivedCmd.class);

  private static final Set<Class<?>> DECISIONS =
      Set.of(CompleteTaskCmd.class, SubmitTaskFormCmd.class);

  /** The engine throws exactly these classes, and no subclass, if it finds no receiver. */
  private static final Set<Class<?>> NOTHING_FOUND =
      Set.of(
          BadUserRequestException.class,
          NotFoundException.class,
          NullValueException.class,
          ProcessEngineException.class,
          PvmException.class);

  private MisdirectedEvents() {}

  static <T> T translate(Command<T> command, Supplier<T> next) {
    try {
      return next.get();
    } catch (ProcessEngineException e) {
      if (isMisdirected(command, e)) {
        // the REST API reliably passes on only this exception
        throw new RestException(
            Status.BAD_REQUEST,
            e,
            "Nothing waits for this event: there is no such execution, or no such subscription.");
      }
      if (DECISIONS.contains(command.getClass()) && e.getClass() == NullValueException.class) {
        throw new RestException(
            Status.NOT_FOUND, e, "There is no such task: it was completed or removed.");
      }
      throw e;
    }
  }

  private static boolean isMisdirected(Command<?> command, ProcessEngineException failure) {
    return EVENTS.contains(command.getClass())
        && NOTHING_FOUND.contains(failure.getClass())
        && failure.getCause() == null;
  }
}
