package fi.signspace.plugin.api;

import fi.signspace.plugin.process.SigningProcess.Message;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.springframework.http.HttpStatus;

/**
 * Tells the process what a caller wants; the process does it, or the message does not fit. Whoever
 * may do the user task that is open may also send what it offers: it is the same decision.
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

  /** The message comes first: if it does not fit, the documents stay as they are. */
  SigningRequestView replaceDocuments(String id, List<NewDocument> replacement) {
    return act(
            id,
            Message.REPLACE_DOCUMENTS,
            () -> engine.permitted(() -> documents.replace(id, replacement)))
        .withDocumentsReplacedAt(clock.instant());
  }

  private SigningRequestView act(String id, String message, Runnable next) {
    SigningRequestView before = queries.get(id);
    if (before.suspended()) {
      throw ProblemException.suspended("The request");
    }
    try {
      engine.together(
          () -> {
            correlate(message, id);
            next.run();
            return id;
          });
    } catch (MismatchingMessageCorrelationException e) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "Does not fit now",
          "The request is %s, and then %s is not possible."
              .formatted(before.status().text(), message));
    }
    return queries.get(id);
  }

  private void correlate(String message, String id) {
    MessageCorrelationBuilder correlation =
        runtime.createMessageCorrelation(message).processInstanceId(id);
    if (rights.mayDoOpenTask(id)) {
      engine.permitted(correlation::correlateWithResult);
    } else {
      correlation.correlate();
    }
  }
}
