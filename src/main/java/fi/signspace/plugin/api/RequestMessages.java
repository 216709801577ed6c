package fi.signspace.plugin.api;

import fi.signspace.plugin.api.RequestReader.Correction;
import fi.signspace.plugin.process.SigningProcess.Message;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.camunda.bpm.engine.task.Task;
import org.springframework.http.HttpStatus;

/**
 * Sends a caller's messages to the process, which either acts on them or rejects them. A caller who
 * may complete the open user task may also send its messages, since it is the same decision.
 */
final class RequestMessages {

  private static final String DECISION = "decision";
  private static final String SEND_AGAIN = "sendAgain";
  private static final String CORRECT_REQUEST = "userTask_correctRequest";
  private static final String[] CAN_SEND_AGAIN = {
    "userTask_manageSigning", "userTask_decideCancelled", "userTask_resolveProblem"
  };

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final RequestQueries queries;
  private final TaskPermissions rights;
  private final EngineTransactions engine;
  private final DocumentVariables documents;
  private final Clock clock;

  RequestMessages(
      RuntimeService runtime,
      TaskService tasks,
      RequestQueries queries,
      TaskPermissions rights,
      EngineTransactions engine,
      DocumentVariables documents,
      Clock clock) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.queries = queries;
    this.rights = rights;
    this.engine = engine;
    this.documents = documents;
    this.clock = clock;
  }

  SigningRequestView send(String message, String id) {
    return act(id, message, () -> {});
  }

  /** Sends the message first: if it is rejected, the documents stay as they are. */
  SigningRequestView replaceDocuments(String id, List<NewDocument> replacement) {
    return act(
            id,
            Message.REPLACE_DOCUMENTS,
            () -> engine.withoutAuthorization(() -> documents.replace(id, replacement)))
        .withDocumentsReplacedAt(clock.instant());
  }

  /**
   * Decides to send the request again and corrects it at once: both user tasks are completed, or
   * neither.
   */
  SigningRequestView sendAgain(String id, Correction correction) {
    SigningRequestView before = queries.get(id);
    if (before.suspended()) {
      throw ProblemException.suspended("The request");
    }
    engine.inTransaction(
        () -> {
          Task task =
              openTask(id, CAN_SEND_AGAIN)
                  .orElseThrow(() -> notPossible(before.status(), SEND_AGAIN));
          rights.requireToAct(task);
          complete(task, Map.of(DECISION, SEND_AGAIN));
          if (!correction.documents().isEmpty()) {
            engine.withoutAuthorization(() -> documents.replace(id, correction.documents()));
          }
          Map<String, Object> variables = StartVariables.of(correction.variables());
          variables.put(DECISION, "retry");
          complete(openTask(id, CORRECT_REQUEST).orElseThrow(), variables);
          return id;
        });
    return queries.get(id);
  }

  private Optional<Task> openTask(String id, String... keys) {
    return engine.withoutAuthorization(
        () ->
            tasks.createTaskQuery().processInstanceId(id).taskDefinitionKeyIn(keys).list().stream()
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

  private SigningRequestView act(String id, String message, Runnable next) {
    SigningRequestView before = queries.get(id);
    if (before.suspended()) {
      throw ProblemException.suspended("The request");
    }
    try {
      engine.inTransaction(
          () -> {
            correlate(message, id);
            next.run();
            return id;
          });
    } catch (MismatchingMessageCorrelationException e) {
      throw notPossible(before.status(), message);
    }
    return queries.get(id);
  }

  private static ProblemException notPossible(Status status, String action) {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "Not possible now",
        "%2$s is not possible while the request is %1$s.".formatted(status.text(), action));
  }

  private void correlate(String message, String id) {
    MessageCorrelationBuilder correlation =
        runtime.createMessageCorrelation(message).processInstanceId(id);
    if (rights.mayDoOpenTask(id)) {
      engine.withoutAuthorization(correlation::correlateWithResult);
    } else {
      correlation.correlate();
    }
  }
}
