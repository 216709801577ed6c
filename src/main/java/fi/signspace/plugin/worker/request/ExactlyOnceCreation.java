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
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.status.SigningPhase;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.execution.RetryPolicy;
import fi.signspace.plugin.worker.request.CreateSigningRequestWorker.Created;
import fi.signspace.plugin.worker.state.Adoption;
import fi.signspace.plugin.worker.state.RequestsSinceBackup;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.state.SigningRequestFinder;
import fi.signspace.plugin.worker.state.StateFreshness;
import fi.signspace.plugin.worker.task.EngineApi.ActivityRun;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private static final int MAX_SEEN = 10_000;

  private static final String UNKNOWN_RUN = "";

  /** How far the clocks of two workers may be apart. */
  private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

  private static final Set<String> ENDED =
      Set.of(SigningPhase.SIGNED.text(), SigningPhase.CANCELLED.text());

  private final SignSpace signSpace;
  private final SealedStates states;
  private final RequestActions actions;
  private final StateFreshness history;
  private final SigningRequestFinder search;
  private final RequestsSinceBackup sinceBackup;
  private final LockTimings times;
  private final Clock clock;
  private final Counter duplicatesAvoided;

  /** When this worker has first seen each attempt; the oldest ones are forgotten. */
  private final Map<String, Instant> seen =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
              return size() > MAX_SEEN;
            }
          });

  public ExactlyOnceCreation(
      SignSpace signSpace,
      SealedStates states,
      RequestActions actions,
      StateFreshness history,
      RequestsSinceBackup sinceBackup,
      LockTimings times,
      Clock clock,
      MeterRegistry meters) {
    this.signSpace = signSpace;
    this.states = states;
    this.actions = actions;
    this.history = history;
    this.search = new SigningRequestFinder(signSpace);
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
    if (state.request() != null && task.isOfSigningRequest() && !isSentAgain(state)) {
      throw new IncidentException(
          "The signing request %s of this process exists already, so no other one was created. Cancel this step in Cockpit (\"Modify\"); if the process does not continue, start \"Check status\" there"
              .formatted(state.request().id()));
    }
    requireNoOtherOpen(task, state);
    states.requireUploaded(
        task,
        state,
        "No documents were uploaded for this signing request. Pass on the variable signingState of the step \"Upload documents\" to this one, with documents that were not sent before");
    List<ActivityRun> creations = history.creations(task, task.activityId());
    history.requireSingleRun(task, state, creations);
    requireNoOtherStep(task, state, creations);
    boolean isOutdated = history.isOutdated(state, creations);
    Optional<Instant> startedAt =
        Stream.of(lastAttempt(task, state), history.interruptedUnknown(state, creations))
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder());
    Optional<RequestState> found =
        startedAt.isPresent() || isOutdated
            ? find(task, state)
            : findRecent(task, state, creations);
    if (found.isPresent()) {
      duplicatesAvoided.increment();
      LOG.info("The request {} was created by an earlier attempt", found.get().id());
      return adopted(task, state, found.get(), request);
    }
    if (isOutdated && task.isOfSigningRequest()) {
      history.requireLatest(state, creations);
    }
    history.requireDocumentsOf(task, state, creations);
    if (startedAt.isPresent()) {
      waitUntilSettled(state, startedAt.get());
    } else if (lacksRecord(task, state)) {
      waitForUnrecorded(task, state, read(task, state, request));
    }
    SigningState known =
        state.withKnownCreations(
            creations.stream().filter(ActivityRun::canceled).map(ActivityRun::id));
    return create(task, known, read(task, known, request));
  }

  /**
   * Whether another request is to be created instead of a cancelled one: a check has found it
   * cancelled, and there are documents that were not part of it.
   */
  private static boolean isSentAgain(SigningState state) {
    LastCheck check = state.lastCheck();
    return check != null
        && check.phase().equals(SigningPhase.CANCELLED.text())
        && !state.pending().isEmpty()
        && state.pendingApart().equals(state.pending());
  }

  /**
   * The former requests of this instance may have been re-opened since the last check.
   *
   * @throws IncidentException if SignSpace does not show the last one as cancelled, or an earlier
   *     one as open or complete
   */
  private void requireFormerCancelled(SigningTask task, SigningState state) {
    if (state.request() == null || !task.isOfSigningRequest()) {
      return;
    }
    Optional<RequestState> former = actions.readRequest(task, state);
    if (former.filter(f -> f.status() == SigningStatus.CANCELLED).isEmpty()) {
      throw notCancelled(
          state.request().id(), former.map(f -> f.status().text()).orElse("not shown"));
    }
    SigningRequestFinder.formerNotCancelled(state, signSpace)
        .ifPresent(
            earlier -> {
              throw notCancelled(earlier.id(), earlier.status().text());
            });
  }

  private static IncidentException notCancelled(String id, String status) {
    return new IncidentException(
        "The signing request %s is to be sent again, but SignSpace does not show it as cancelled any more (%s), so no other one was created. Cancel it there, then retry"
            .formatted(id, status));
  }

  /** The id that an admin has chosen; the variable still has that of a cancelled request. */
  private static Optional<String> chosen(SigningTask task, SigningState state) {
    return task.claimedRequestId().filter(id -> !state.hasRequest(id));
  }

  /** Other steps may use the same state, at the same time or since this task was fetched. */
  private void requireNoOtherStep(
      SigningTask task, SigningState state, List<ActivityRun> creations) {
    if (!task.otherCreations().isEmpty()) {
      history.requireNoOtherStep(task, creations, text -> states.isSame(state, text));
      states.current(task).ifPresent(current -> requireNoOtherOpen(task, current));
    }
  }

  /** Two requests that share a state could be mistaken for each other. */
  private static void requireNoOtherOpen(SigningTask task, SigningState state) {
    SentRequest request = state.request();
    LastCheck check = state.lastCheck();
    boolean isOpen = check == null || !ENDED.contains(check.phase());
    if (request != null && isOpen && !request.creation().createdBy().equals(task.activityId())) {
      throw new IncidentException(
          "The variable signingState of this step belongs to the signing request %s of another step, which is not finished. Give each request of the process a variable of its own in the model"
              .formatted(request.id()));
    }
  }

  /**
   * When an earlier attempt started. Workers of former versions record it in an unsealed variable;
   * a forged value only causes an additional search.
   */
  private Optional<Instant> lastAttempt(SigningTask task, SigningState state) {
    return state.creation() == null
        ? task.text(SigningVariables.CREATION_STARTED_AT.name()).map(Adoption::unsealedMoment)
        : Optional.of(Instant.parse(state.creation().startedAt()));
  }

  /**
   * Each failed attempt leaves either its record or the number of failures in the state. If neither
   * is there, a state from before the attempt was restored, and its call may still take effect.
   */
  private static boolean lacksRecord(SigningTask task, SigningState state) {
    int failures = RetryPolicy.failures(task.retries());
    return failures > 0 && failures != state.failedAttempts();
  }

  /** Records an attempt of an unknown run, since this one does not know what was sent. */
  private void waitForUnrecorded(SigningTask task, SigningState state, SigningRequest request) {
    Instant now = clock.instant();
    SigningState recorded = state.withCreation(creation(task, request, now, UNKNOWN_RUN));
    states.saveWithReport(task, recorded);
    waitUntilSettled(recorded, now);
  }

  /**
   * A record that this run of the step has sealed describes the request. An earlier run may have
   * sent others before it was rejected or interrupted, so after that SignSpace's response is the
   * only source: its title has to be the expected one, and it does not contain the participants.
   */
  private Created adopted(
      SigningTask task, SigningState state, RequestState found, Supplier<SigningRequest> request) {
    Creation recorded = state.creation();
    if (recorded != null && isOfThisRun(task, recorded)) {
      return created(state, recorded, found);
    }
    Creation expected =
        recorded == null ? creation(task, request.get(), clock.instant()) : recorded;
    if (!expected.title().equals(found.title())) {
      throw new IncidentException(
          "The signing request %s has the files of this process, but the variable signingState has no record of its creation by this run of the step, and SignSpace shows it with another title or none. Restore the latest value of signingState in Cockpit, then retry"
              .formatted(found.id()));
    }
    return created(state, expected.withoutParticipants(), found);
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
    LastCheck none = new LastCheck("", "", creation.startedAt(), null, 0, 0);
    return new Created(state.withRequest(sent, none), reported);
  }

  private Optional<RequestState> find(SigningTask task, SigningState state) {
    task.ensureLockedFor(times.longestCall().multipliedBy(SigningRequestFinder.MAX_CALLS));
    return search.of(state, chosen(task, state));
  }

  /**
   * The marker of an earlier attempt may have been removed, if others can write the state, or
   * another step may have sent the same documents.
   */
  private Optional<RequestState> findRecent(
      SigningTask task, SigningState state, List<ActivityRun> creations) {
    boolean isFirst =
        task.isOfSigningRequest()
            || (isFirst(task, creations) && !history.hasRunAny(task, task.otherCreations()));
    if (task.retries().isEmpty() && isFirst) {
      return Optional.empty();
    }
    return beforeCall(
        task,
        state,
        () -> {
          task.ensureLockedFor(times.lockForOneCall());
          return search.recent(state, chosen(task, state));
        });
  }

  /**
   * An earlier attempt that could not report its failure has held the task for longer than this,
   * even if the clocks of engine and worker differ.
   */
  private boolean isFirst(SigningTask task, List<ActivityRun> creations) {
    return StateFreshness.ownRun(task, creations)
        .map(run -> Duration.between(run.startTime(), clock.instant()))
        .filter(age -> !age.isNegative() && age.compareTo(LockTimings.MARGIN) < 0)
        .isPresent();
  }

  /**
   * The attempt may be of a worker whose clock is minutes behind, so the time counts from when this
   * worker has seen its marker.
   */
  private void waitUntilSettled(SigningState state, Instant recordedAt) {
    if (clock.instant().isAfter(times.settledAfter(recordedAt).plus(MAX_CLOCK_SKEW))) {
      return;
    }
    Instant seenAt = seen.computeIfAbsent(attempt(state, recordedAt), key -> clock.instant());
    Instant settled = times.settledAfter(latest(seenAt, recordedAt));
    Duration left = Duration.between(clock.instant(), settled);
    if (!left.isNegative()) {
      throw new RetryLaterException(
          """
          It is unknown whether the signing request was created at %s, and SignSpace does not list it. The search is repeated; the request is \
          created at %s at the earliest, when the earlier call can no longer take effect.\
          """
              .formatted(recordedAt, settled),
          left.plusMillis(1));
    }
  }

  /** An unsealed time may be in the distant future. */
  private static Instant latest(Instant seenAt, Instant recordedAt) {
    Instant latestPossible = seenAt.plus(MAX_CLOCK_SKEW);
    if (recordedAt.isAfter(latestPossible)) {
      return latestPossible;
    }
    return seenAt.isAfter(recordedAt) ? seenAt : recordedAt;
  }

  /** Invalid input ends this run before the call: the state records that nothing was created. */
  private SigningRequest read(
      SigningTask task, SigningState state, Supplier<SigningRequest> request) {
    try {
      return request.get();
    } catch (InputRejectedException e) {
      states.saveWithReport(task, rejected(task, state));
      throw e;
    }
  }

  /** This run ends without a request. Before that, a retry could still create one. */
  private static SigningState rejected(SigningTask task, SigningState state) {
    return state.withCreation(null).withKnownCreations(Stream.of(task.activityInstanceId()));
  }

  private static SigningState failed(SigningTask task, SigningState state) {
    return state.withFailedAttempt(RetryPolicy.failuresOfNext(task.retries()));
  }

  /** A failure of this step is one of an attempt that has certainly not created the request. */
  private <T> T beforeCall(SigningTask task, SigningState state, Supplier<T> step) {
    try {
      return step.get();
    } catch (SignSpaceException e) {
      if (!lacksRecord(task, state)) {
        states.saveWithReport(task, failed(task, state));
      }
      throw e;
    }
  }

  private Created create(SigningTask task, SigningState state, SigningRequest request) {
    beforeCall(
        task,
        state,
        () -> {
          requireFormerCancelled(task, state);
          sinceBackup.requireNone(task, request.title());
          return state;
        });
    task.ensureLockedFor(times.lockForOneCall());
    Instant recordedAt = clock.instant();
    Creation creation = creation(task, request, recordedAt);
    states.save(task, state.withCreation(creation));
    seen.put(attempt(state, recordedAt), recordedAt);
    // another worker that has fetched the task meanwhile, since an engine's clock is ahead, has not
    // seen the marker: of the two, only the one that still holds the lock goes on
    task.extendLock(times.lockForOneCall());
    boolean late = clock.instant().isAfter(recordedAt.plus(LockTimings.MARGIN));
    if (late || !task.isHeldFor(times.longestCall())) {
      // the lock or the settle time might end before the call; nothing has been sent yet
      states.saveWithReport(task, failed(task, state));
      throw new RetryLaterException(
          "The engine was too slow to record the creation.", LockTimings.MARGIN);
    }
    try {
      return created(state, creation, sent(request, state.pendingFileIds()));
    } catch (SignSpaceException e) {
      if (!e.isOutcomeUnknown()) {
        // certainly nothing was created, so the next attempt needs no search
        boolean isLast = e.kind() == SignSpaceException.Kind.REJECTED;
        states.saveWithReport(task, isLast ? rejected(task, state) : failed(task, state));
      }
      throw e;
    }
  }

  private RequestState sent(SigningRequest request, List<String> fileIds) {
    RequestState reported = signSpace.createSigningRequest(request, fileIds);
    boolean isAnother =
        reported.fileIds().isEmpty()
            ? reported.hasOtherTitle(request.title())
            : reported.fileIds().stream().noneMatch(fileIds::contains);
    if (isAnother) {
      throw SignSpaceException.unreadableResponse(
          "SignSpace responded to the creation of a signing request with %s, which has other files or another title. The request is searched for"
              .formatted(reported.id()),
          null);
    }
    return reported;
  }

  private static String attempt(SigningState state, Instant startedAt) {
    return state.binding().key() + " " + startedAt;
  }

  private static Creation creation(SigningTask task, SigningRequest request, Instant startedAt) {
    return creation(task, request, startedAt, task.activityInstanceId());
  }

  private static Creation creation(
      SigningTask task, SigningRequest request, Instant startedAt, String run) {
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
        run);
  }
}
