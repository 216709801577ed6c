package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the status of all signing requests that process instances wait for, in few calls, and
 * notifies the instances whose request has changed. Writes nothing for the others.
 */
public class StatusSweeper {

  private static final Logger LOG = LoggerFactory.getLogger(StatusSweeper.class);

  /** The number of concurrent calls: 10,000 requests take some seconds. */
  private static final int CONCURRENT_CALLS = 4;

  /**
   * Avoids extending the lock for each of many short calls: each extension is a request to the
   * engine and a row.
   */
  private static final Duration EXTRA_LOCK_TIME = Duration.ofSeconds(30);

  private final SignSpace signSpace;
  private final WaitingInstances instances;
  private final LockTimings times;

  public StatusSweeper(SignSpace signSpace, WaitingInstances instances, LockTimings times) {
    this.signSpace = signSpace;
    this.instances = instances;
    this.times = times;
  }

  /**
   * The result of a sweep.
   *
   * @param waiting the requests that process instances wait for
   * @param changed those that have changed
   */
  record Result(int waiting, int changed) {

    Result and(Result other) {
      return new Result(waiting + other.waiting, changed + other.changed);
    }
  }

  /**
   * Whether another sweep is open. Each sweep looks after it has its lock, so of two overlapping
   * sweeps at least one sees the other, and never do both continue.
   */
  boolean isAnotherOpen() {
    return instances.openSweeps() > 1;
  }

  /**
   * @throws LockLostException if the lock of the sweep was lost
   */
  Result sweep(SigningTask task) {
    Collection<WaitingInstance> waiting = allWaiting(task);
    ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT_CALLS);
    try {
      List<Callable<Result>> checks = new ArrayList<>();
      for (List<WaitingInstance> part : parts(List.copyOf(waiting))) {
        checks.add(() -> check(part, task));
      }
      Result result = new Result(waiting.size(), 0);
      for (Future<Result> check : threads.invokeAll(checks)) {
        result = result.and(check.get());
      }
      return result;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LockLostException("The worker is stopping", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Collection<WaitingInstance> allWaiting(SigningTask task) {
    return instances.all(() -> task.lock().ensureFor(times.lockForOneCall(), EXTRA_LOCK_TIME));
  }

  private static List<List<WaitingInstance>> parts(List<WaitingInstance> all) {
    List<List<WaitingInstance>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += SignSpace.MAX_IDS) {
      parts.add(all.subList(from, Math.min(from + SignSpace.MAX_IDS, all.size())));
    }
    return parts;
  }

  private Result check(List<WaitingInstance> part, SigningTask task) {
    task.lock().ensureFor(times.lockForOneCall(), EXTRA_LOCK_TIME);
    List<String> ids = part.stream().map(WaitingInstance::requestId).distinct().toList();
    BatchStatusLookup lookup = BatchStatusLookup.of(ids, signSpace);
    lookup.requireSuccess();
    int changed = 0;
    for (WaitingInstance instance : part) {
      if (hasChanged(instance, lookup) && notifyInstance(instance)) {
        changed++;
      }
    }
    return new Result(0, changed);
  }

  private static boolean hasChanged(WaitingInstance instance, BatchStatusLookup lookup) {
    try {
      return instance.hasChanged(lookup.stateOf(instance.requestId()));
    } catch (SignSpaceException e) {
      // its own check reports it
      LOG.debug("Cannot read the status of {}", instance.requestId(), e);
      return false;
    }
  }

  private boolean notifyInstance(WaitingInstance instance) {
    try {
      return instances.notifyInstance(instance);
    } catch (ExternalTaskClientException | UnconfirmedException e) {
      LOG.info("Cannot notify {}, the next sweep retries: {}", instance.id(), e.getMessage());
      return false;
    }
  }
}
