package fi.signspace.plugin.api;

import fi.signspace.plugin.process.SigningProcess.Message;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.springframework.http.HttpStatus;

/**
 * Sends a caller's messages to the process, which either acts on them or rejects them. A caller who
 * may complete the open user task may also send its messages, since it is the same decision.
 */
final class RequestMessages {

  private final RuntimeService runtime;
  private final RequestQueries queries;
  private final TaskPermissions rights;
  private final EngineTransactions engine;
  private final DocumentVariables documents;
  private final Clock clock;

  RequestMessages(
      RuntimeService runtime,
      RequestQueries queries,
      TaskPermissions rights,
      EngineTransactions engine,
      DocumentVariables documents,
      Clock clock) {
    this.runtime = runtime;
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
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "Not possible now",
          "%2$s is not possible while the request is %1$s."
              .formatted(before.status().text(), message));
    }
    return queries.get(id);
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
