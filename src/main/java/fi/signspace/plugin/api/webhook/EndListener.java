package fi.signspace.plugin.api.webhook;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;

/**
 * Starts a message's process in the very transaction in which a request ends: either both are so,
 * or neither. Whoever may end the request need not be permitted to start anything.
 */
final class EndListener implements ExecutionListener {

  /** As the API calls it: an admin has deleted the instance. */
  private static final String REMOVED = "removed";

  private final Clock clock;

  EndListener(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void notify(DelegateExecution request) {
    Map<String, Object> variables =
        Map.of(
            WebhookMessage.REQUEST,
            request.getProcessInstanceId(),
            WebhookMessage.OUTCOME,
            Objects.requireNonNullElse(request.getVariable("signingOutcome"), REMOVED),
            WebhookMessage.ENDED_AT,
            clock.instant().toString());
    Context.getCommandContext()
        .runWithoutAuthorization(
            () ->
                request
                    .getProcessEngineServices()
                    .getRuntimeService()
                    .createProcessInstanceByKey(WebhookMessage.PROCESS)
                    .processDefinitionWithoutTenantId()
                    .businessKey(request.getProcessBusinessKey())
                    .setVariables(variables)
                    .execute());
  }
}
