package fi.signspace.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.SignSpace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What models and templates count on is what the workers serve. */
class ServedStepsTest {

  private final SignSpace signSpace = mock();
  private final RequestActions actions = new RequestActions(signSpace, GivenTask.TIMES);
  private final SettableClock clock = new SettableClock();
  private final RequestInput input = Inputs.reading(clock);

  @Test
  void everyStepHasItsWorkerAndNoWorkerServesAnythingElse() {
    OnceOnlyCreation creation = mock();
    List<TopicWorker> workers =
        List.of(
            new UploadDocumentWorker(
                signSpace, input, actions, GivenTask.RENEWAL, new LargeDocuments(1)),
            new CreateSigningRequestWorker(input, creation, Schedules.checks(clock)),
            new DownloadDocumentWorker(signSpace, GivenTask.RENEWAL, new LargeDocuments(1)),
            new CancelSigningRequestWorker(signSpace, actions),
            new ReopenSigningRequestWorker(signSpace, actions),
            new ReplaceDocumentsWorker(signSpace, actions, Schedules.checks(clock)),
            new SweepStatusesWorker(mock(), new SimpleMeterRegistry()));

    List<Step> served = new ArrayList<>(workers.stream().map(TopicWorker::step).toList());
    served.add(Step.CHECK_STATUS);
    assertThat(served).containsExactlyInAnyOrderElementsOf(Step.ALL);
  }
}
