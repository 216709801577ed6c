package fi.signspace.plugin.api;

import fi.signspace.plugin.api.call.CallerPermissions;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.api.webhook.PendingMessages;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;

/** Resends the webhook's messages about a request. */
final class WebhookResend {

  private final RequestQueries queries;
  private final Optional<PendingMessages> messages;
  private final CallerPermissions caller;
  private final EngineTransactions engine;

  WebhookResend(
      RequestQueries queries,
      Optional<PendingMessages> messages,
      CallerPermissions caller,
      EngineTransactions engine) {
    this.queries = queries;
    this.messages = messages;
    this.caller = caller;
    this.engine = engine;
  }

  /**
   * @throws ProblemException if the caller may not see it or act on it, if nothing has been sent
   *     yet, or if there is no webhook
   */
  SigningRequestView send(String id) {
    SigningRequestView request = queries.get(id);
    // the engine checks no permission on an ended instance
    if (!caller.mayUpdateRequests()) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN,
          "Not permitted",
          "You lack a permission in the engine: UPDATE_INSTANCE on the process definition signing-request.");
    }
    PendingMessages receiver =
        messages.orElseThrow(
            () ->
                ProblemException.notPossible(
                    "This server has no webhook: an administrator sets signspace.webhook.url."));
    return engine.inTransaction(
        () ->
            engine.withoutAuthorization(
                () -> {
                  repeat(request, receiver);
                  return request;
                }));
  }

  private static void repeat(SigningRequestView request, PendingMessages receiver) {
    Set<EventType> repeated = receiver.repeat(request.id());
    if (request.endedAt() != null && !repeated.contains(EventType.ENDED)) {
      receiver.addEnded(
          request.id(), request.businessKey(), request.status().text(), request.endedAt(), null);
    } else if (repeated.isEmpty()) {
      throw ProblemException.notPossible(
          "The request is running, and there is no message to send again yet.");
    }
  }
}
