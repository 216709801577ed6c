package fi.signspace.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.status.SweepStatusesWorker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The steps that models and templates use are those that the workers serve. */
class ServedStepsTest {

  private final TestWorkers workers = new TestWorkers();

  @Test
  void every_step_has_a_worker_and_every_worker_has_a_step() {
    List<TopicWorker> all =
        List.of(
            workers.upload(),
            workers.create(),
            workers.download(),
            workers.cancel(),
            workers.reopen(),
            workers.replace(),
            new SweepStatusesWorker(mock(), workers.meters));

    List<Step> served = new ArrayList<>(all.stream().map(TopicWorker::step).toList());
    served.add(Step.CHECK_STATUS);
    assertThat(served).containsExactlyInAnyOrderElementsOf(Step.ALL);
  }
}
