package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a signing request exactly once, although tasks run at least once and SignSpace knows no
 * idempotency key.
 *
 * <p>Before the call, the process records that it is about to be made; the record is durable, and
 * only who surely holds the task's lock writes it. Whoever finds a record of an earlier attempt
 * looks for its request first: the file ids were made for this process instance alone, so a request
 * that carries them is ours. A new call is made only when the earlier one has surely ended without
 * a request. The cases are reasoned out in docs/adr/0006-create-exactly-once.md.
 */
final class OnceOnlyCreation {

  private static final Logger LOG = LoggerFactory.getLogger(OnceOnlyCreation.class);

  private final SignSpace signSpace;
  private final RequestSearch search;
  private final WorkTimes times;
  private final Clock clock;
  private final Counter duplicatesAvoided;

  OnceOnlyCreation(SignSpace signSpace, WorkTimes times, Clock clock, MeterRegistry meters) {
    this.signSpace = signSpace;
    this.search = new RequestSearch(signSpace);
    this.times = times;
    this.clock = clock;
    this.duplicatesAvoided =
        Counter.builder("signspace.duplicates.avoided")
            .description("Requests that an earlier attempt had created, adopted instead of created")
            .register(meters);
  }

  /**
   * @param request read only if the request has to be created
   * @return the request that exists now
   */
  RequestState ensure(SigningTask task, List<String> fileIds, Supplier<SigningRequest> request) {
    Optional<String> record =
        task.get(SigningVariables.CREATION_STARTED_AT).filter(text -> !text.isEmpty());
    if (record.isPresent()) {
      Optional<RequestState> existing = find(task, fileIds);
      if (existing.isPresent()) {
        duplicatesAvoided.increment();
        LOG.info("The request {} was created by an earlier attempt", existing.get().id());
        return existing.get();
      }
      waitUntilSettled(Instant.parse(record.get()));
    }
    return create(task, fileIds, request.get());
  }

  private Optional<RequestState> find(SigningTask task, List<String> fileIds) {
    task.holdLockFor(times.longestCall().multipliedBy(RequestSearch.MOST_CALLS));
    Optional<String> chosen =
        task.get(SigningVariables.SIGNING_REQUEST_ID)
            .map(String::strip)
            .filter(id -> !id.isEmpty());
    return search.withAnyOf(fileIds, chosen);
  }

  private void waitUntilSettled(Instant recordedAt) {
    Instant settled = times.settledAfter(recordedAt);
    Duration left = Duration.between(clock.instant(), settled);
    if (!left.isNegative()) {
      throw new NotYetException(
          """
          Whether the signing request was created at %s is not known, and SignSpace does not show it. It is looked for again, \
          and created at the earliest at %s, when an answer can surely not be on its way any more.\
          """
              .formatted(recordedAt, settled),
          left.plusMillis(1));
    }
  }

  private RequestState create(SigningTask task, List<String> fileIds, SigningRequest request) {
    task.holdLockFor(times.lockForOneCall());
    Instant recordedAt = clock.instant();
    task.keep(new Outputs().put(SigningVariables.CREATION_STARTED_AT, recordedAt.toString()));
    boolean late = clock.instant().isAfter(recordedAt.plus(WorkTimes.MARGIN));
    if (late || !task.isHeldFor(times.longestCall())) {
      // the lock, or the time to settle, might not outlast the call; nothing has been sent yet
      task.leave(SigningVariables.CREATION_STARTED_AT, "");
      throw new NotYetException("The engine was too slow to record the creation", WorkTimes.MARGIN);
    }
    try {
      return signSpace.createSigningRequest(request, fileIds);
    } catch (SignSpaceException e) {
      if (!e.isOutcomeUnknown()) {
        // nothing was created, for sure: the next attempt has nothing to look for
        task.leave(SigningVariables.CREATION_STARTED_AT, "");
      }
      throw e;
    }
  }
}
