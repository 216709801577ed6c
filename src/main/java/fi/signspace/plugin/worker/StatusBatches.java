package fi.signspace.plugin.worker;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets checks that are due together share one call: collects them for a moment, asks once, and
 * reports each by itself.
 */
final class StatusBatches implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusBatches.class);
  private static final long COLLECTING_MILLIS = 20;

  private final SignSpace signSpace;
  private final CheckStatusWorker worker;
  private final TaskRunner runner;
  private final Lane reports;
  private final int size;
  private final ObservationRegistry observations;
  private final BlockingQueue<SigningTask> waiting;
  private final Thread thread = new Thread(this::work, "signspace-check");

  /**
   * @param reports where each task of a batch is reported
   * @param size the most tasks that share a call
   */
  StatusBatches(
      SignSpace signSpace,
      CheckStatusWorker worker,
      TaskRunner runner,
      Lane reports,
      int size,
      ObservationRegistry observations) {
    this.signSpace = signSpace;
    this.worker = worker;
    this.runner = runner;
    this.reports = reports;
    this.size = size;
    this.observations = observations;
    this.waiting = new ArrayBlockingQueue<>(size);
  }

  void start() {
    thread.start();
  }

  int size() {
    return size;
  }

  void add(SigningTask task) throws InterruptedException {
    waiting.put(task);
  }

  @Override
  public void close() {
    thread.interrupt();
    reports.close();
  }

  private void work() {
    try {
      while (true) {
        List<SigningTask> batch = collect();
        Observation.createNotStarted("signspace.status.batches", observations)
            .observeChecked(() -> checkWhateverHappens(batch));
      }
    } catch (InterruptedException e) {
      LOG.debug("Status checks end");
      Thread.currentThread().interrupt();
    }
  }

  private List<SigningTask> collect() throws InterruptedException {
    List<SigningTask> batch = new ArrayList<>();
    SigningTask next = waiting.take();
    while (next != null) {
      batch.add(next);
      next = batch.size() < size ? waiting.poll(COLLECTING_MILLIS, TimeUnit.MILLISECONDS) : null;
    }
    return batch;
  }

  /** A batch that cannot be worked on must not end the checks of all the others. */
  private void checkWhateverHappens(List<SigningTask> batch) throws InterruptedException {
    try {
      check(batch);
    } catch (RuntimeException | Error e) {
      LOG.error("{} status checks could not be made, their locks run out", batch.size(), e);
    }
  }

  private void check(List<SigningTask> batch) throws InterruptedException {
    Map<String, RequestState> states;
    try {
      states = ask(batch);
    } catch (RuntimeException e) {
      if (batch.size() > 1 && !mayHeal(e)) {
        // one id that SignSpace does not like, or one broken variable, must not hold up the others
        for (SigningTask task : batch) {
          check(List.of(task));
        }
      } else {
        report(
            batch,
            task -> {
              throw e;
            });
      }
      return;
    }
    report(batch, task -> worker.outputs(task, states));
  }

  private static boolean mayHeal(RuntimeException failure) {
    return failure instanceof SignSpaceException signSpace
        && signSpace.kind() == SignSpaceException.Kind.MAY_HEAL;
  }

  private Map<String, RequestState> ask(List<SigningTask> batch) {
    List<String> ids =
        batch.stream()
            .flatMap(task -> task.get(SigningVariables.SIGNING_REQUEST_ID).stream())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      return Map.of();
    }
    return signSpace.getRequests(ids).stream()
        .collect(toMap(RequestState::id, identity(), (first, second) -> first));
  }

  private void report(List<SigningTask> batch, Function<SigningTask, Outputs> work)
      throws InterruptedException {
    for (SigningTask task : batch) {
      reports.submit(() -> runner.run(task, false, work));
    }
  }
}
