package fi.signspace.plugin.api;

import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.webhook.PendingMessages;
import fi.signspace.plugin.process.SigningProcess;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.http.HttpStatus;

/** Has the webhook's messages about a request sent once more. */
final class WebhookRepeat {

  private final RequestQueries queries;
  private final Optional<PendingMessages> messages;
  private final IdentityService identity;
  private final AuthorizationService authorizations;
  private final EngineTransactions engine;

  WebhookRepeat(
      RequestQueries queries,
      Optional<PendingMessages> messages,
      IdentityService identity,
      AuthorizationService authorizations,
      EngineTransactions engine) {
    this.queries = queries;
    this.messages = messages;
    this.identity = identity;
    this.authorizations = authorizations;
    this.engine = engine;
  }

  /**
   * @throws ProblemException if the caller may not see it or act on it, if nothing has been sent
   *     yet, or if there is no webhook
   */
  SigningRequestView send(String id) {
    SigningRequestView request = queries.get(id);
    if (!mayAct()) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN,
          "Not permitted",
          "You lack a permission in the engine: UPDATE_INSTANCE on the process definition signing-request.");
    }
    PendingMessages receiver =
        messages.orElseThrow(
            () ->
                conflict(
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
      throw conflict("The request is running, and there is no message to send again yet.");
    }
  }

  private static ProblemException conflict(String detail) {
    return new ProblemException(HttpStatus.CONFLICT, "Not possible now", detail);
  }

  /** The engine checks no permission on an ended instance, so the one to act on it is checked. */
  private boolean mayAct() {
    Authentication caller = identity.getCurrentAuthentication();
    return caller != null
        && authorizations.isUserAuthorized(
            caller.getUserId(),
            caller.getGroupIds(),
            ProcessDefinitionPermissions.UPDATE_INSTANCE,
            Resources.PROCESS_DEFINITION,
            SigningProcess.KEY);
  }
}
