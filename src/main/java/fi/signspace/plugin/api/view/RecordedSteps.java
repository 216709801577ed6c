package fi.signspace.plugin.api.view;

import static java.util.stream.Collectors.toUnmodifiableSet;

import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.process.SigningProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricActivityInstanceQuery;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.jspecify.annotations.Nullable;

/**
 * The steps of workers and people in an ended instance, as recorded by the engine. Writing
 * variables cannot change them.
 */
@SuppressWarnings("JavaUtilDate") // what the engine has
public final class RecordedSteps {

  /** The types of steps that workers may carry out. */
  private static final Set<String> WORKERS = Set.of("serviceTask", "sendTask", "businessRuleTask");

  /** The user tasks after which workers act on the request. */
  private static final Set<String> DECISIONS =
      Stream.concat(EventSteps.DECISIONS.stream(), Stream.of(SigningProcess.CORRECTION))
          .collect(toUnmodifiableSet());

  private final HistoryService history;
  private final HistoricProcessInstance instance;

  public RecordedSteps(HistoryService history, HistoricProcessInstance instance) {
    this.history = history;
    this.instance = instance;
  }

  /** Whether a step was completed, and no other step ran concurrently or afterwards. */
  boolean isLast(@Nullable String activityInstanceId) {
    return find(activityInstanceId)
        .filter(step -> !step.isCanceled())
        .filter(this::isLast)
        .isPresent();
  }

  private boolean isLast(HistoricActivityInstance step) {
    return query().finishedAfter(step.getStartTime()).list().stream()
        .filter(
            other ->
                WORKERS.contains(other.getActivityType())
                    || DECISIONS.contains(other.getActivityId()))
        .filter(other -> !other.getId().equals(step.getId()))
        .noneMatch(other -> other.getEndTime().after(step.getStartTime()));
  }

  /** When the last completed one of the downloads that ran at this time ended. */
  Optional<Instant> endOfDownloadAround(Instant moment, Duration tolerance) {
    return query()
        .activityId(SigningProcess.DOWNLOAD)
        .startedBefore(Date.from(moment.plus(tolerance)))
        .finishedAfter(Date.from(moment.minus(tolerance)))
        .list()
        .stream()
        .filter(download -> !download.isCanceled())
        .map(download -> download.getEndTime().toInstant())
        .max(Comparator.naturalOrder());
  }

  /** Whether workers did anything other than download after this time. */
  boolean goOnAfter(Instant moment) {
    return query().finishedAfter(Date.from(moment)).list().stream()
        .filter(step -> WORKERS.contains(step.getActivityType()))
        .anyMatch(step -> !step.getActivityId().equals(SigningProcess.DOWNLOAD));
  }

  long completedCreations() {
    return creations().stream().filter(creation -> !creation.isCanceled()).count();
  }

  /**
   * The creations that were interrupted when the last completed one ended, or later. Earlier ones
   * do not matter: the completed creation has searched for their requests.
   */
  Stream<HistoricActivityInstance> creationsInterruptedLast() {
    List<HistoricActivityInstance> creations = creations();
    Date lastCompleted =
        lastCompleted(creations).map(HistoricActivityInstance::getEndTime).orElse(new Date(0));
    return creations.stream()
        .filter(HistoricActivityInstance::isCanceled)
        .filter(creation -> !creation.getEndTime().before(lastCompleted));
  }

  public Optional<HistoricActivityInstance> lastCompletedCreation() {
    return lastCompleted(creations());
  }

  private static Optional<HistoricActivityInstance> lastCompleted(
      List<HistoricActivityInstance> creations) {
    return creations.stream()
        .filter(creation -> !creation.isCanceled())
        .max(Comparator.comparing(HistoricActivityInstance::getEndTime));
  }

  private List<HistoricActivityInstance> creations() {
    return query().activityId(SigningProcess.CREATION).finished().list();
  }

  private Optional<HistoricActivityInstance> find(@Nullable String activityInstanceId) {
    return activityInstanceId == null
        ? Optional.empty()
        : Optional.ofNullable(query().activityInstanceId(activityInstanceId).singleResult());
  }

  private HistoricActivityInstanceQuery query() {
    return history.createHistoricActivityInstanceQuery().processInstanceId(instance.getId());
  }
}
