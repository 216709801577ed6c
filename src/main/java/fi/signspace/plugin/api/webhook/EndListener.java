package fi.signspace.plugin.api.webhook;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;

/**
 * Starts the process of a webhook message in the same transaction that ends a request, so that
 * neither happens without the other. A user who may end the request needs no permission to start
 * the message's process.
 */
final class EndListener implements ExecutionListener {

  private final Clock clock;

  EndListener(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void notify(DelegateExecution request) {
    Context.getCommandContext()
        .runWithoutAuthorization(
            () -> {
              new PendingMessages(request.getProcessEngineServices())
                  .addEnded(
                      request.getProcessInstanceId(),
                      request.getProcessBusinessKey(),
                      Objects.requireNonNullElse(
                          request.getVariable("signingOutcome"), WebhookMessage.REMOVED),
                      clock.instant(),
                      EventListener.next(request));
              return Optional.empty();
            });
  }
}
