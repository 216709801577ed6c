package fi.signspace.plugin.api;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.InvalidInputException;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.start.DocumentVariables;
import fi.signspace.plugin.api.start.NewDocument;
import fi.signspace.plugin.api.start.RequestReader.Correction;
import fi.signspace.plugin.api.start.StartVariables;
import fi.signspace.plugin.api.timeline.UnsentCorrections;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.api.view.Status;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Message;
import fi.signspace.plugin.process.SigningVariables;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.camunda.bpm.engine.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a caller's messages to the process, which either acts on them or rejects them. A caller who
 * may complete the open user task may also send its messages, since it is the same decision.
 */
public final class RequestMessages {

  private static final Logger LOG = LoggerFactory.getLogger(RequestMessages.class);

  private static final String CLOSE = "close";
  private static final String REMIND = "remind";

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final RequestQueries queries;
  private final TaskPermissions rights;
  private final EngineTransactions engine;
  private final DocumentVariables documents;
  private final UnsentCorrections unsent;
  private final Clock clock;

  RequestMessages(
      RuntimeService runtime,
      TaskService tasks,
      RequestQueries queries,
      TaskPermissions rights,
      EngineTransactions engine,
      DocumentVariables documents,
      UnsentCorrections unsent,
      Clock clock) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.queries = queries;
    this.rights = rights;
    this.engine = engine;
    this.documents = documents;
    this.unsent = unsent;
    this.clock = clock;
  }

  public SigningRequestView send(String message, String id) {
    return act(id, status -> correlate(message, id, status));
  }

  /**
   * Has those who have not signed reminded, by the next check: it is requested now, and finds out
   * first whether signatures are still missing.
   */
  public SigningRequestView remind(String id) {
    return act(
        id,
        status -> {
          if (status != Status.AWAITING) {
            throw ProblemException.notPossible(status.text(), REMIND);
          }
          engine.withoutAuthorization(
              () -> {
                runtime.setVariable(
                    id, SigningVariables.REMINDER_REQUESTED_AT.name(), clock.instant().toString());
                return id;
              });
          correlate(Message.CHECK_STATUS, id, status);
        });
  }

  /** Ends the case of a request that is cancelled in SignSpace. */
  public SigningRequestView close(String id) {
    return act(
        id,
        status -> {
          Task task =
              openTask(id, Status.NEEDS_DECISION)
                  .filter(it -> it.getTaskDefinitionKey().equals(SigningProcess.DECIDE_CANCELLED))
                  .orElseThrow(() -> ProblemException.notPossible(status.text(), CLOSE));
          rights.requireToAct(task);
          complete(task, Map.of(SigningProcess.DECISION, CLOSE));
        });
  }

  /** Sends the message first: if it is rejected, the documents stay as they are. */
  SigningRequestView replaceDocuments(String id, List<NewDocument> replacement) {
    return act(
            id,
            status -> {
              correlate(Message.REPLACE_DOCUMENTS, id, status);
              engine.withoutAuthorization(() -> documents.replace(id, replacement));
            })
        .withDocumentsReplacedAt(clock.instant());
  }

  /**
   * Decides to send the request again and corrects it at once: both user tasks are completed, or
   * neither.
   *
   * @throws InvalidInputException if an earlier correction would be sent with it, unseen
   */
  SigningRequestView sendAgain(String id, Correction correction) {
    InvalidInputException.throwIfAny(unsent.of(id, correction.fields()));
    return act(
        id,
        status -> {
          Task task =
              openTask(id, Status.AWAITING, Status.NEEDS_DECISION)
                  .orElseThrow(
                      () -> ProblemException.notPossible(status.text(), SigningProcess.SEND_AGAIN));
          rights.requireToAct(task);
          complete(task, Map.of(SigningProcess.DECISION, SigningProcess.SEND_AGAIN));
          if (!correction.documents().isEmpty()) {
            engine.withoutAuthorization(() -> documents.replace(id, correction.documents()));
          }
          Map<String, Object> variables = StartVariables.of(correction.variables());
          variables.put(SigningProcess.DECISION, "retry");
          complete(openTask(id, Status.NEEDS_CORRECTION).orElseThrow(), variables);
        });
  }

  /** The user task of a request in one of these states. */
  private Optional<Task> openTask(String id, Status... states) {
    return engine.withoutAuthorization(
        () ->
            tasks
                .createTaskQuery()
                .processInstanceId(id)
                .taskDefinitionKeyIn(Status.userTasks(states))
                .list()
                .stream()
                .findFirst());
  }

  /** As the caller, so that the history names them, or for someone who may act on the process. */
  private void complete(Task task, Map<String, Object> variables) {
    if (rights.mayComplete(task)) {
      tasks.complete(task.getId(), variables);
    } else {
      engine.withoutAuthorization(
          () -> {
            tasks.complete(task.getId(), variables);
            return task;
          });
    }
  }

  /**
   * Acts in one transaction on a request in some state. If another call or step ends that state
   * meanwhile, the engine fails somewhere in its work; the second attempt finds the new one.
   */
  private SigningRequestView act(String id, Consumer<Status> action) {
    try {
      attempt(id, action);
    } catch (ProblemException | AuthorizationException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.info(
          "The call on the request {} is repeated, since another one may have changed it", id, e);
      attempt(id, action);
    }
    return queries.get(id);
  }

  private void attempt(String id, Consumer<Status> action) {
    SigningRequestView before = queries.get(id);
    if (before.suspended()) {
      throw ProblemException.suspended("The request");
    }
    engine.inTransaction(
        () -> {
          action.accept(before.status());
          return id;
        });
  }

  private void correlate(String message, String id, Status status) {
    MessageCorrelationBuilder correlation =
        runtime.createMessageCorrelation(message).processInstanceId(id);
    try {
      if (rights.mayDoOpenTask(id)) {
        engine.withoutAuthorization(correlation::correlateWithResult);
      } else {
        correlation.correlate();
      }
    } catch (MismatchingMessageCorrelationException e) {
      throw ProblemException.notPossible(status.text(), message);
    }
  }
}
