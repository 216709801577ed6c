package fi.signspace.plugin.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;

/** Deletes what tests leave in an engine whose workers and jobs may be busy with it. */
public final class CleanUp {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private CleanUp() {}

  /** Deletes the instances that the query finds, and those that they have called. */
  public static void delete(RuntimeService runtime, ProcessInstanceQuery instances) {
    retried(
        () ->
            instances.list().stream()
                .map(ProcessInstance::getId)
                .forEach(
                    id ->
                        runtime.deleteProcessInstanceIfExists(
                            id, "end of the test", true, true, true, false)));
  }

  /** Retries the deletion while other transactions change the same rows. */
  public static void retried(Runnable deletion) {
    await()
        .atMost(TIMEOUT)
        .ignoreExceptionsInstanceOf(ProcessEngineException.class)
        .untilAsserted(deletion::run);
  }
}
