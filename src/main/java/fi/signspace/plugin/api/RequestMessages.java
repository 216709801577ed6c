package fi.signspace.plugin.api;

import fi.signspace.plugin.process.SigningProcess.Message;
import java.util.List;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.http.HttpStatus;

/** Tells the process what a caller wants; the process does it, or the message does not fit. */
final class RequestMessages {

  private final RuntimeService runtime;
  private final RequestQueries queries;
  private final EngineCalls engine;
  private final DocumentVariables documents;

  RequestMessages(
      RuntimeService runtime,
      RequestQueries queries,
      EngineCalls engine,
      DocumentVariables documents) {
    this.runtime = runtime;
    this.queries = queries;
    this.engine = engine;
    this.documents = documents;
  }

  SigningRequestView send(String message, String id) {
    return act(id, message, () -> {});
  }

  /** The message comes first: if it does not fit, the documents stay as they are. */
  SigningRequestView replaceDocuments(String id, List<GivenDocument> replacement) {
    return act(
        id,
        Message.REPLACE_DOCUMENTS,
        () -> engine.permitted(() -> documents.replace(id, replacement)));
  }

  private SigningRequestView act(String id, String message, Runnable next) {
    SigningRequestView before = queries.get(id);
    try {
      engine.together(
          () -> {
            runtime.createMessageCorrelation(message).processInstanceId(id).correlate();
            next.run();
            return id;
          });
    } catch (MismatchingMessageCorrelationException e) {
      throw new RefusedException(
          HttpStatus.CONFLICT,
          "Does not fit now",
          "The request is %s, and then %s is not possible."
              .formatted(before.status().text(), message));
    }
    return queries.get(id);
  }
}
