package fi.signspace.plugin.worker.status;

import static java.util.stream.Collectors.groupingBy;

import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.execution.BoundedExecutor;
import fi.signspace.plugin.worker.execution.RetryPolicy;
import fi.signspace.plugin.worker.execution.TaskRunner;
import fi.signspace.plugin.worker.task.SigningTask;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches status checks that are due at the same time into one call, and reports each check
 * separately. Several calls run concurrently, so a slow one does not block the others. After each
 * failure a check is retried in a smaller batch (100, 25, 5, 1), so one bad request cannot block
 * the others.
 */
public final class StatusCheckBatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusCheckBatcher.class);

  /** A single check waits briefly; several checks wait longer, since more are likely to follow. */
  private static final Duration SINGLE_LINGER = Duration.ofMillis(20);

  private static final Duration BATCH_LINGER = Duration.ofMillis(500);

  /** The maximum time that a batch waits, even if checks keep arriving. */
  private static final Duration MAX_LINGER = Duration.ofSeconds(6);

  private static final Duration UNLOCK_TIMEOUT = Duration.ofSeconds(10);

  /** The batch size after 0, 1, 2 and more failures. */
  private static final int[] BATCH_SIZE_BY_FAILURES = {SignSpace.MAX_IDS, 25, 5, 1};

  private final SignSpace signSpace;
  private final CheckStatusWorker worker;
  private final TaskRunner runner;
  private final BoundedExecutor calls;
  private final BoundedExecutor reports;
  private final int size;
  private final ObservationRegistry observations;
  private final BlockingQueue<SigningTask> waiting;
  private final Thread thread = new Thread(this::work, "signspace-checks");

  /** When the last batch of several checks was complete, by {@link System#nanoTime}. */
  private long lastBatch = System.nanoTime() - BATCH_LINGER.toNanos();

  /**
   * @param calls runs the call of each batch
   * @param reports reports each task of a batch
   * @param size the maximum batch size
   */
  public StatusCheckBatcher(
      SignSpace signSpace,
      CheckStatusWorker worker,
      TaskRunner runner,
      BoundedExecutor calls,
      BoundedExecutor reports,
      int size,
      ObservationRegistry observations) {
    this.signSpace = signSpace;
    this.worker = worker;
    this.runner = runner;
    this.calls = calls;
    this.reports = reports;
    this.size = size;
    this.observations = observations;
    this.waiting = new ArrayBlockingQueue<>(size);
  }

  public void start() {
    thread.start();
  }

  public int size() {
    return size;
  }

  public void add(SigningTask task) throws InterruptedException {
    waiting.put(task);
  }

  /** Lets running calls finish and starts no more. */
  public void stopAccepting() {
    calls.stopAccepting();
  }

  /** Unlocks the tasks that still wait for their call. */
  @Override
  public void close() {
    thread.interrupt();
    calls.close();
    reports.close();
    try {
      thread.join(UNLOCK_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    List<SigningTask> collected = new ArrayList<>();
    try {
      while (true) {
        collect(collected);
        startChecks(collected);
      }
    } catch (InterruptedException e) {
      waiting.drainTo(collected);
      LOG.debug("Stopping status checks, unlocking {}", collected.size());
      // an interrupted thread could not send the requests
      collected.forEach(runner::unlock);
      Thread.currentThread().interrupt();
    }
  }

  /** Removes what it has started. A failure must not end the thread that collects. */
  private void startChecks(List<SigningTask> collected) throws InterruptedException {
    try {
      for (List<SigningTask> batch : groupBySizeLimit(collected)) {
        boolean isAccepted =
            calls.submit(
                () ->
                    Observation.createNotStarted("signspace.status.batches", observations)
                        .observe(() -> checkSafely(batch)));
        if (!isAccepted) {
          batch.forEach(runner::unlock);
        }
        collected.removeAll(batch);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("{} status checks cannot be started, their locks expire", collected.size(), e);
      collected.clear();
    }
  }

  private void collect(List<SigningTask> batch) throws InterruptedException {
    SigningTask next = waiting.take();
    long deadline = System.nanoTime() + MAX_LINGER.toNanos();
    // checks that arrive right after a batch are likely to be followed by more
    boolean isSingle = System.nanoTime() - lastBatch > BATCH_LINGER.toNanos();
    while (next != null) {
      batch.add(next);
      isSingle &= batch.size() == 1;
      long linger =
          Math.min(
              (isSingle ? SINGLE_LINGER : BATCH_LINGER).toNanos(), deadline - System.nanoTime());
      next = batch.size() < size ? waiting.poll(linger, TimeUnit.NANOSECONDS) : null;
    }
    if (!isSingle) {
      lastBatch = System.nanoTime();
    }
  }

  private static List<List<SigningTask>> groupBySizeLimit(List<SigningTask> tasks) {
    Map<Integer, List<SigningTask>> bySize =
        tasks.stream().collect(groupingBy(StatusCheckBatcher::sizeLimitOf));
    List<List<SigningTask>> batches = new ArrayList<>();
    bySize.forEach(
        (limit, group) -> {
          for (int from = 0; from < group.size(); from += limit) {
            batches.add(List.copyOf(group.subList(from, Math.min(from + limit, group.size()))));
          }
        });
    return batches;
  }

  private static int sizeLimitOf(SigningTask task) {
    return BATCH_SIZE_BY_FAILURES[
        Math.min(RetryPolicy.failures(task.retries()), BATCH_SIZE_BY_FAILURES.length - 1)];
  }

  private void checkSafely(List<SigningTask> batch) {
    try {
      check(batch);
    } catch (RuntimeException | Error e) {
      LOG.error("{} status checks failed, their locks expire", batch.size(), e);
    } catch (InterruptedException e) {
      LOG.info("{} status checks were interrupted, their locks expire", batch.size());
      Thread.currentThread().interrupt();
    }
  }

  private void check(List<SigningTask> batch) throws InterruptedException {
    List<String> ids =
        batch.stream().flatMap(task -> worker.requestId(task).stream()).distinct().toList();
    BatchStatusLookup lookup = BatchStatusLookup.of(ids, signSpace);
    for (SigningTask task : batch) {
      runner.submit(reports, task, false, t -> worker.outputs(t, lookup::stateOf));
    }
  }
}
