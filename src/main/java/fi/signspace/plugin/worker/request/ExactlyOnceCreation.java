package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.Participant;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.request.CreateSigningRequestWorker.Created;
import fi.signspace.plugin.worker.state.ConcurrentSteps;
import fi.signspace.plugin.worker.state.RequestsSinceBackup;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.state.SigningRequestFinder;
import fi.signspace.plugin.worker.state.StateFreshness;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.TaskFailures;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a signing request exactly once, although tasks run at least once and SignSpace knows no
 * idempotency key.
 *
 * <p>A marker is persisted before the call, and only while the task's lock is certain to be held.
 * If there is a marker of an earlier attempt, its request is searched for first: the file ids were
 * created for this process instance alone, so a request that contains them is ours. A new call is
 * made only when the earlier one has certainly ended without a request.
 * docs/adr/0006-create-exactly-once.md explains the cases.
 */
public final class ExactlyOnceCreation {

  private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceCreation.class);

  private final SignSpace signSpace;
  private final SealedStates states;
  private final StateFreshness freshness;
  private final ConcurrentSteps concurrent;
  private final OtherRequests others;
  private final EarlierAttempts attempts;
  private final RequestsSinceBackup sinceBackup;
  private final LockTimings times;
  private final Clock clock;
  private final Counter duplicatesAvoided;

  public ExactlyOnceCreation(
      SignSpace signSpace,
      SealedStates states,
      RequestActions actions,
      StateFreshness freshness,
      ConcurrentSteps concurrent,
      RequestsSinceBackup sinceBackup,
      LockTimings times,
      Clock clock,
      LongSupplier nanoTime,
      MeterRegistry meters) {
    this.signSpace = signSpace;
    this.states = states;
    this.freshness = freshness;
    this.concurrent = concurrent;
    this.others = new OtherRequests(signSpace, states, actions, concurrent);
    this.attempts =
        new EarlierAttempts(new SigningRequestFinder(signSpace), freshness, times, clock, nanoTime);
    this.sinceBackup = sinceBackup;
    this.times = times;
    this.clock = clock;
    this.duplicatesAvoided =
        Counter.builder("signspace.duplicates.avoided")
            .description("Requests that an earlier attempt had created, adopted instead of created")
            .register(meters);
  }

  /**
   * @param request evaluated only if the request has to be created
   * @return the existing request
   */
  Created ensure(SigningTask task, SigningState state, Supplier<SigningRequest> request) {
    others.requireNone(task, state);
    states.requireUploaded(
        task,
        state,
        "No documents were uploaded for this signing request. Pass on the variable signingState of the step \"Upload documents\" to this one, with documents that were not sent before");
    List<ActivityRun> creations = freshness.creations(task, task.activityId());
    concurrent.requireSingleRun(task, state, creations);
    others.requireNoOtherStep(task, state);
    Optional<TaskFailures> failures = freshness.failures(task);
    boolean isOnRecord = attempts.areOnRecord(task, state, failures, creations);
    Attempt attempt =
        new Attempt(
            task,
            failures.map(TaskFailures::count).orElse(0),
            isOnRecord ? state : state.withUnrecordedUntil(clock.instant()));
    try {
      return findOrCreate(attempt, creations, request);
    } catch (SignSpaceException | RetryLaterException | UnconfirmedException e) {
      states.saveWithReport(task, attempt.reported());
      throw e;
    }
  }

  /** This attempt of a run of the step, with its latest state. */
  private static final class Attempt {

    private final SigningTask task;
    private final int earlierFailures;
    private SigningState state;

    Attempt(SigningTask task, int earlierFailures, SigningState state) {
      this.task = task;
      this.earlierFailures = earlierFailures;
      this.state = state;
    }

    /** The state to be left with the report of a failure. */
    SigningState reported() {
      return state.withFailures(earlierFailures + 1, task.activityInstanceId());
    }

    /** This run ends without a request, unless the model has no path for that. */
    SigningState rejected() {
      return reported().withCreation(null).withKnownCreations(Stream.of(task.activityInstanceId()));
    }
  }

  private Created findOrCreate(
      Attempt attempt, List<ActivityRun> creations, Supplier<SigningRequest> request) {
    SigningTask task = attempt.task;
    SigningState state = attempt.state;
    boolean isOutdated = freshness.isOutdated(state, creations);
    List<ActivityRun> otherCreations = freshness.otherCreations(task);
    List<ActivityRun> all = Stream.concat(creations.stream(), otherCreations.stream()).toList();
    Optional<Instant> startedAt = attempts.lastStartedAt(task, state, all);
    Optional<RequestState> found =
        startedAt.isPresent() || isOutdated
            ? attempts.find(task, state)
            : attempts.findRecent(task, state, creations, otherCreations);
    if (found.isPresent()) {
      duplicatesAvoided.increment();
      LOG.info("The request {} was created by an earlier attempt", found.get().id());
      return adopt(task, state, all, found.get(), request);
    }
    if (isOutdated && task.isOfSigningRequest()) {
      freshness.requireLatest(state, creations);
    }
    freshness.requireDocumentsOf(task, state, creations);
    startedAt.ifPresent(moment -> attempts.waitUntilSettled(state, moment));
    attempt.state = withKnown(state, all, run -> !run.isUnfinished());
    return create(attempt, read(attempt, request));
  }

  /**
   * A record that this run of the step has sealed describes the request, and so does one of the
   * last run before it. After that, SignSpace's response is the only source: its title has to be
   * the expected one, and it does not contain the participants. It counts as signed only with the
   * signatures of all who may have been asked.
   */
  private Created adopt(
      SigningTask task,
      SigningState state,
      List<ActivityRun> creations,
      RequestState found,
      Supplier<SigningRequest> request) {
    Creation recorded = state.creation();
    SigningState withEarlier = withKnown(state, creations, ActivityRun::isCompleted);
    if (recorded != null && isOfThisRun(task, recorded)) {
      return created(withEarlier, recorded, found);
    }
    Creation expected =
        recorded == null ? creation(task, request.get(), clock.instant()) : recorded;
    if (!found.hasTitle(expected.title())) {
      throw new IncidentException(
          "The signing request %s has the files of this process, but the variable signingState has no record of its creation by this run of the step, and SignSpace shows it with another title or none. Restore the latest value of signingState in Cockpit, then retry"
              .formatted(found.id()));
    }
    boolean isKnown = recorded != null && isOfLastRun(task, recorded, creations);
    return created(
        withEarlier, isKnown ? expected : expected.presuming(wanted(task, request)), found);
  }

  /** With the earlier creations in the scope of this one. */
  private static SigningState withKnown(
      SigningState state, List<ActivityRun> creations, Predicate<ActivityRun> isKnown) {
    return state.withKnownCreations(
        creations.stream()
            .filter(run -> StateFreshness.isInScope(state, run))
            .filter(isKnown)
            .map(ActivityRun::id));
  }

  private List<Participant> wanted(SigningTask task, Supplier<SigningRequest> request) {
    try {
      return creation(task, request.get(), clock.instant()).participants();
    } catch (InputRejectedException e) {
      return List.of(); // it cannot have been sent
    }
  }

  /** Every attempt of a run replaces the record. */
  private static boolean isOfLastRun(
      SigningTask task, Creation recorded, List<ActivityRun> creations) {
    return creations.stream()
        .filter(run -> !run.id().equals(task.activityInstanceId()))
        .max(Comparator.comparing(ActivityRun::startTime))
        .filter(run -> run.id().equals(recorded.run()))
        .isPresent();
  }

  /** Attempts that were recorded by a former version have no run. */
  private static boolean isOfThisRun(SigningTask task, Creation recorded) {
    return recorded.run() == null || recorded.run().equals(task.activityInstanceId());
  }

  private Created created(SigningState state, Creation creation, RequestState reported) {
    Instant createdAt = reported.createdAt();
    SentRequest sent =
        new SentRequest(
            reported.id(),
            creation,
            createdAt == null ? null : createdAt.toString(),
            state.pending(),
            creation.startedAt(),
            List.of());
    LastCheck none = LastCheck.none(creation.startedAt());
    SigningState created =
        state.withRequest(sent, none).withKnownCreations(Stream.ofNullable(creation.run()));
    return new Created(created, reported);
  }

  /**
   * Invalid input or an open former request ends this run before the call: the state records that
   * nothing was created.
   */
  private SigningRequest read(Attempt attempt, Supplier<SigningRequest> request) {
    try {
      SigningRequest wanted = request.get();
      others.requireFormerCancelled(attempt.task, attempt.state);
      return wanted;
    } catch (InputRejectedException e) {
      states.saveWithReport(attempt.task, attempt.rejected());
      throw e;
    }
  }

  private Created create(Attempt attempt, SigningRequest request) {
    SigningTask task = attempt.task;
    SigningState settled = attempt.state.withCreation(null);
    sinceBackup.requireNone(task, request.title());
    task.lock().ensureFor(times.lockForOneCall());
    Instant recordedAt = clock.instant();
    Creation creation = creation(task, request, recordedAt);
    attempt.state = settled.withCreation(creation);
    states.save(task, attempt.state);
    if (!task.isOfSigningRequest()) {
      task.setInRun(SigningVariables.CREATION_RECORDED_AT, recordedAt.toString());
    }
    attempts.begin(settled, recordedAt);
    // if the engine's clock runs ahead, another worker may have fetched this task before the marker
    // was saved; only the worker that still holds the lock can extend it
    task.lock().extend(times.lockForOneCall());
    boolean late = clock.instant().isAfter(recordedAt.plus(LockTimings.MARGIN));
    if (late || !task.lock().isHeldFor(times.longestCall())) {
      // the lock or the settle time might end before the call; nothing has been sent yet
      attempt.state = settled;
      throw new RetryLaterException(
          "The engine was too slow to record the creation.", LockTimings.MARGIN);
    }
    try {
      return created(attempt.state, creation, send(request, settled));
    } catch (SignSpaceException e) {
      if (!e.isOutcomeUnknown()) {
        // certainly nothing was created, so the next attempt needs no search
        boolean isLast = e.kind() == SignSpaceException.Kind.REJECTED;
        attempt.state = isLast ? attempt.rejected() : settled;
      }
      throw e;
    }
  }

  private RequestState send(SigningRequest request, SigningState state) {
    List<String> fileIds = state.pendingFileIds();
    RequestState reported = signSpace.createSigningRequest(request, fileIds);
    boolean isAnother =
        state.hasRequest(reported.id())
            || (reported.fileIds().isEmpty()
                ? reported.hasOtherTitle(request.title())
                : reported.fileIds().stream().noneMatch(fileIds::contains));
    if (isAnother) {
      throw SignSpaceException.unreadableResponse(
          "SignSpace responded to the creation of a signing request with %s, which is a former request, or has other files or another title. The request is searched for"
              .formatted(reported.id()),
          null);
    }
    return reported;
  }

  private static Creation creation(SigningTask task, SigningRequest request, Instant startedAt) {
    return new Creation(
        startedAt.toString(),
        task.activityId(),
        request.title(),
        request.actingHandle(),
        request.dueDate() == null ? null : request.dueDate().toString(),
        request.participants().stream()
            .map(
                person ->
                    new Participant(
                        person.handle(),
                        person.role().name().toLowerCase(Locale.ROOT),
                        person.displayName(),
                        person.nin() == null ? null : true,
                        person.position()))
            .toList(),
        task.activityInstanceId());
  }
}
