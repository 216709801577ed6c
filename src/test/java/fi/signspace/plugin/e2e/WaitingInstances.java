package fi.signspace.plugin.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Deletes the instances that the tests of a class have left waiting: checks of hundreds of requests
 * would be a good part of the load of all later tests.
 */
final class WaitingInstances implements TestExecutionListener {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public void afterTestClass(TestContext test) {
    if (test.hasApplicationContext()) {
      RuntimeService runtime = test.getApplicationContext().getBean(RuntimeService.class);
      // a worker may be busy with one of them
      await().atMost(LIMIT).ignoreExceptions().until(() -> areDeleted(runtime));
    }
  }

  private static boolean areDeleted(RuntimeService runtime) {
    List<ProcessInstance> waiting =
        runtime.createProcessInstanceQuery().rootProcessInstances().list();
    waiting.forEach(
        instance ->
            runtime.deleteProcessInstance(instance.getId(), "the test has ended", true, true));
    return waiting.isEmpty();
  }
}
