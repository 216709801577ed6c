package fi.signspace.plugin.api.timeline;

import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.timeline.Corrections.Correction;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.signing.SigningStatus;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.jspecify.annotations.Nullable;

/**
 * Derives what has happened to a request from the engine's record of it, and from what is proven
 * about its signatures and its due date.
 */
final class Timeline {

  private static final String USER_TASK = "userTask";

  private static final Set<SigningStatus> SIGNABLE =
      EnumSet.of(SigningStatus.OPEN, SigningStatus.IN_PROGRESS, SigningStatus.OVERDUE);

  private final EventTexts texts;
  private final BiFunction<HistoricActivityInstance, HistoricActivityInstance, List<Correction>>
      corrections;
  private final Clock clock;
  private final List<RequestEvent> events = new ArrayList<>();

  /**
   * @param corrections returns what was corrected between two steps that have sent the request
   */
  Timeline(
      EventTexts texts,
      BiFunction<HistoricActivityInstance, HistoricActivityInstance, List<Correction>> corrections,
      Clock clock) {
    this.texts = texts;
    this.corrections = corrections;
    this.clock = clock;
  }

  /** Returns the events, oldest first. */
  List<RequestEvent> of(
      HistoricProcessInstance instance,
      SigningRequestView view,
      RecordedEvents.Steps history,
      Optional<SigningState> state) {
    add(instance.getStartTime().toInstant(), EventType.CREATED, instance.getStartUserId());
    addSteps(history);
    addStatusChanges(history);
    history.lastCheck().ifPresent(at -> add(at, EventType.CHECKED, null, history.checks()));
    Objects.requireNonNullElse(view.signatures(), List.<Signature>of())
        .forEach(
            signature -> addSignature(signature, history.lastCheck().orElse(view.startedAt())));
    state
        .filter(known -> events.stream().noneMatch(event -> event.type() == EventType.OVERDUE))
        .flatMap(known -> overdueSince(known, view))
        .ifPresent(at -> add(at, EventType.OVERDUE, null));
    if (view.endedAt() != null) {
      add(view.endedAt(), EventType.ENDED, null, view.status().text());
    }
    return events.stream()
        .sorted(Comparator.comparing(RequestEvent::at).thenComparing(RequestEvent::type))
        .toList();
  }

  private void addSteps(RecordedEvents.Steps history) {
    Progress progress = new Progress();
    for (HistoricActivityInstance step : history.steps()) {
      if (step.getActivityType().equals(USER_TASK) && !progress.isDecided(step)) {
        EventSteps.ofOpening(step.getActivityId()).stream()
            .filter(progress::isNewWhenOpened)
            .forEach(type -> addOpened(type, step.getStartTime().toInstant(), history));
      }
      if (step.getEndTime() != null && !step.isCanceled() && history.hasHappened(step)) {
        addCompleted(step, history, progress);
      }
    }
  }

  private void addOpened(EventType type, Instant at, RecordedEvents.Steps history) {
    if (type == EventType.DECISION_NEEDED) {
      events.add(new RequestEvent(at, type, null, texts.ofDecision(history.problem(at))));
    } else {
      add(at, type, null);
    }
  }

  private void addCompleted(
      HistoricActivityInstance step, RecordedEvents.Steps history, Progress progress) {
    Instant end = step.getEndTime().toInstant();
    EventType type = progress.typeOf(history.type(step));
    HistoricActivityInstance sent = progress.sent;
    progress.decision = history.decision(step);
    if (!progress.isNewWhenCompleted(type)) {
      return;
    }
    if (type == EventType.SENT_AGAIN && sent != null) {
      events.add(new RequestEvent(end, type, null, texts.of(corrections.apply(sent, step))));
    } else {
      add(end, type, history.by(step), history.decision(step));
    }
    if (type == EventType.SENT || type == EventType.SENT_AGAIN) {
      progress.sent = step;
    }
  }

  /** What the steps so far have done; some events are recorded by more than one step. */
  private static final class Progress {

    private @Nullable HistoricActivityInstance sent;
    private @Nullable String decision;
    private boolean isCancelled;
    private boolean isDeclined;

    private EventType typeOf(EventType recorded) {
      return recorded == EventType.SENT && sent != null ? EventType.SENT_AGAIN : recorded;
    }

    /** Whether a person has just decided to correct the request. */
    private boolean isDecided(HistoricActivityInstance opened) {
      return opened.getActivityId().equals(SigningProcess.CORRECTION)
          && SigningProcess.SEND_AGAIN.equals(decision);
    }

    private boolean isNewWhenOpened(EventType type) {
      boolean isRepeated = type == EventType.CANCELLED && isCancelled;
      isCancelled = isCancelled || type == EventType.CANCELLED;
      return !isRepeated;
    }

    private boolean isNewWhenCompleted(EventType type) {
      boolean isRepeated = type == EventType.DECLINED && isDeclined;
      boolean isSignable = type == EventType.REOPENED || type == EventType.SENT_AGAIN;
      isCancelled = isCancelled && !isSignable;
      isDeclined = type == EventType.DECLINED || (isDeclined && !isSignable);
      return !isRepeated;
    }
  }

  /** What SignSpace reported that no step of the process has done. */
  private void addStatusChanges(RecordedEvents.Steps history) {
    Optional<Instant> heldSince = Optional.empty();
    for (RecordedEvents.StatusChange change : history.statusChanges()) {
      Instant at = change.at();
      if (change.status() == SigningStatus.ON_HOLD) {
        add(at, EventType.ON_HOLD, null);
      } else if (change.status() == SigningStatus.CANCELLED && change.isOfFormerRequest()) {
        add(at, EventType.CANCELLED, null, "former");
      } else if (SIGNABLE.contains(change.status())
          && heldSince.filter(since -> !isReopened(since, at)).isPresent()) {
        add(at, EventType.RESUMED, null);
      }
      heldSince = change.status() == SigningStatus.ON_HOLD ? Optional.of(at) : Optional.empty();
    }
  }

  private boolean isReopened(Instant since, Instant until) {
    return events.stream()
        .filter(event -> event.type() == EventType.REOPENED)
        .anyMatch(event -> !event.at().isBefore(since) && !event.at().isAfter(until));
  }

  private void addSignature(Signature signature, Instant otherwise) {
    add(
        Objects.requireNonNullElse(signature.signedAt(), otherwise),
        EventType.SIGNED,
        signature.signedBy());
  }

  private Optional<Instant> overdueSince(SigningState state, SigningRequestView view) {
    Instant until = Objects.requireNonNullElseGet(view.endedAt(), clock::instant);
    return Optional.ofNullable(state.request())
        .map(request -> request.creation().dueAt())
        .flatMap(Timeline::moment)
        .filter(dueAt -> dueAt.isBefore(until));
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void add(Instant at, EventType type, @Nullable String by) {
    add(at, type, by, null);
  }

  private void add(Instant at, EventType type, @Nullable String by, @Nullable Object detail) {
    events.add(new RequestEvent(at, type, by, texts.of(type, by, detail)));
  }
}
