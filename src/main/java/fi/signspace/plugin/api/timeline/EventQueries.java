package fi.signspace.plugin.api.timeline;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SealedRequests;
import fi.signspace.plugin.api.view.SigningRequestView;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.jspecify.annotations.Nullable;

/** Reads the timeline of a request that the caller may see. */
public final class EventQueries {

  private final RequestQueries requests;
  private final RecordedEvents recorded;
  private final SealedRequests sealed;
  private final EngineTransactions engine;
  private final Corrections corrections;
  private final Clock clock;

  public EventQueries(
      RequestQueries requests,
      HistoryService history,
      RecordedEvents recorded,
      SealedRequests sealed,
      EngineTransactions engine,
      Clock clock) {
    this.requests = requests;
    this.recorded = recorded;
    this.sealed = sealed;
    this.engine = engine;
    this.corrections = new Corrections(history);
    this.clock = clock;
  }

  /**
   * Returns the events, oldest first.
   *
   * @param acceptLanguage the header {@code Accept-Language}
   * @throws ProblemException if there is no request that the caller may see
   */
  public List<RequestEvent> of(String id, @Nullable String acceptLanguage) {
    HistoricProcessInstance instance = requests.instance(id);
    SigningRequestView view = requests.view(instance);
    return engine.withoutAuthorization(
        () ->
            new Timeline(new EventTexts(acceptLanguage), corrections::of, clock)
                .of(instance, view, recorded.of(instance), sealed.state(instance)));
  }
}
