package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.api.event.EventType;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;

/** Stores the end of a request in the same transaction, so that neither happens alone. */
final class EndListener implements ExecutionListener {

  private final Channels channels;
  private final Clock clock;

  EndListener(Channels channels, Clock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public void notify(DelegateExecution request) {
    channels.store(request, new Occurrence(EventType.ENDED, clock.instant(), 0));
  }
}
