package fi.signspace.plugin.api.escalation;

import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.environment.PollingLoop;
import fi.signspace.plugin.process.SigningProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the tasks that a case worker has claimed who cannot do them: those of a colleague who
 * is away are offered to the deputies as well, and the claim of a user who is gone or may no longer
 * act is released, so that the task is offered to its candidates again. No task is assigned to
 * anyone here. Every engine node does it; the revision of a task lets one of them win.
 */
final class ClaimedTasks extends PollingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimedTasks.class);

  private static final Duration INTERVAL = Duration.ofSeconds(20);
  private static final Duration LONGEST_PASS = Duration.ofSeconds(20);
  private static final int PAGE = 500;

  private final ProcessEngine engine;
  private final TaskService tasks;
  private final Deputies deputies;
  private final CaseWorkers caseWorkers;
  private final DeputyNotifier notifier;

  /** Absent users without an able deputy, each of which is logged once. */
  private final Set<String> unrepresented = ConcurrentHashMap.newKeySet();

  ClaimedTasks(
      ProcessEngine engine, Deputies deputies, CaseWorkers caseWorkers, DeputyNotifier notifier) {
    super("signspace-claimed-tasks", INTERVAL, LONGEST_PASS);
    this.engine = engine;
    this.tasks = engine.getTaskService();
    this.deputies = deputies;
    this.caseWorkers = caseWorkers;
    this.notifier = notifier;
  }

  /** Notifies deputies of a task that waits for a decision, in the transaction that offers it. */
  @FunctionalInterface
  interface DeputyNotifier {
    void offered(DelegateExecution request, List<String> addresses);
  }

  @Override
  protected boolean doNext() {
    try {
      lookAfterAll();
    } catch (RuntimeException e) {
      LOG.warn(
          "Cannot update the tasks of absent case workers; the next attempt is in {} seconds: {}",
          INTERVAL.toSeconds(),
          e.toString());
    }
    return false;
  }

  void lookAfterAll() {
    Map<String, Consumer<Task>> actions = new HashMap<>();
    int first = 0;
    List<Task> page;
    do {
      page =
          tasks
              .createTaskQuery()
              .processDefinitionKey(SigningProcess.KEY)
              .taskAssigned()
              .active()
              .orderByTaskId()
              .asc()
              .listPage(first, PAGE);
      page.forEach(task -> actions.computeIfAbsent(task.getAssignee(), this::action).accept(task));
      first += PAGE;
    } while (page.size() == PAGE);
  }

  /** What is done with each task that this user has claimed. */
  private Consumer<Task> action(String assignee) {
    if (!caseWorkers.mayAct(assignee)) {
      return this::release;
    }
    Set<String> present = deputies.of(assignee);
    if (!deputies.isAway(assignee) || !present.isEmpty()) {
      unrepresented.remove(assignee);
      return present.isEmpty() ? task -> {} : task -> offer(task, present);
    }
    if (unrepresented.add(assignee)) {
      LOG.warn(
          "The tasks of {}, who is away, stay with this user: no deputy exists, is present and may"
              + " open signing requests; correct signspace.deputies.{}.deputy",
          assignee,
          assignee);
    }
    return task -> {};
  }

  private void offer(Task claimed, Set<String> present) {
    Set<String> known =
        tasks.getIdentityLinksForTask(claimed.getId()).stream()
            .filter(link -> link.getType().equals(IdentityLinkType.CANDIDATE))
            .map(link -> link.getUserId())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<String> added = new TreeSet<>(present);
    added.removeAll(known);
    if (added.isEmpty()) {
      return;
    }
    List<String> addresses = caseWorkers.addresses(added);
    Consumer<TaskEntity> offer =
        task -> {
          added.forEach(task::addCandidateUser);
          if (needsDecision(task) && !addresses.isEmpty()) {
            notifier.offered(task.getExecution(), addresses);
          }
        };
    if (isChanged(claimed, offer)) {
      LOG.info(
          "The task {} of {}, who is away, is offered to {} as well",
          claimed.getId(),
          claimed.getAssignee(),
          added);
    }
  }

  private static boolean needsDecision(TaskEntity task) {
    return EventSteps.ofOpening(task.getTaskDefinitionKey()).contains(EventType.DECISION_NEEDED);
  }

  private void release(Task claimed) {
    Consumer<TaskEntity> unclaim =
        task -> {
          task.setAssignee(null);
          task.triggerUpdateEvent();
        };
    if (isChanged(claimed, unclaim)) {
      LOG.info(
          "The task {} is offered to its candidates again: {}, who had claimed it, is gone or may"
              + " no longer act on signing requests",
          claimed.getId(),
          claimed.getAssignee());
    }
  }

  /** Changes a task unless it was changed since it was read. */
  private boolean isChanged(Task claimed, Consumer<TaskEntity> change) {
    try {
      return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
          .getCommandExecutorTxRequired()
          .execute(
              context -> {
                TaskEntity task = context.getTaskManager().findTaskById(claimed.getId());
                if (task == null || task.getRevision() != ((TaskEntity) claimed).getRevision()) {
                  return false;
                }
                change.accept(task);
                context.getDbEntityManager().forceUpdate(task);
                return true;
              });
    } catch (OptimisticLockingException e) {
      LOG.debug("The task {} has changed meanwhile; the next pass updates it", claimed.getId(), e);
      return false;
    }
  }
}
