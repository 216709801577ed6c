package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.MessageCorrelationBuilderImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateMessageCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A message or decision meets a step of the same instance that is committed before it. */
@TestInstance(Lifecycle.PER_CLASS)
class ConflictRetryTest {

  private static final String KEY = "conflict";

  private final AtomicInteger attempts = new AtomicInteger();
  private Consumer<DelegateExecution> concurrently = execution -> {};
  private ProcessEngine engine;

  @BeforeAll
  void start() {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:" + getClass().getSimpleName());
    configuration.setJobExecutorActivate(false);
    configuration.setHistoryTimeToLive("P1D");
    configuration.setBeans(Map.of("step", (JavaDelegate) this::step));
    configuration.setCustomPreCommandInterceptorsTxRequired(
        List.of(new ConflictRetryInterceptor()));
    engine = configuration.buildProcessEngine();
    engine.getRepositoryService().createDeployment().addModelInstance("a.bpmn", model()).deploy();
  }

  @BeforeEach
  void reset() {
    attempts.set(0);
  }

  @AfterEach
  void end() {
    engine.getRuntimeService().createProcessInstanceQuery().list().stream()
        .map(ProcessInstance::getId)
        .forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "ended"));
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private static BpmnModelInstance model() {
    return Bpmn.createExecutableProcess(KEY)
        .startEvent()
        .userTask("decide")
        .boundaryEvent("go")
        .message("go")
        .serviceTask()
        .camundaDelegateExpression("${step}")
        .endEvent()
        .moveToActivity("decide")
        .serviceTask()
        .camundaDelegateExpression("${step}")
        .endEvent()
        .done();
  }

  private void step(DelegateExecution execution) {
    attempts.incrementAndGet();
    CompletableFuture.runAsync(() -> concurrently.accept(execution)).join();
  }

  @Test
  void a_message_is_repeated() {
    ProcessInstance instance = engine.getRuntimeService().startProcessInstanceByKey(KEY, "k");
    concurrently = ifFirst(() -> changeTask(instance));

    engine.getRuntimeService().correlateMessage("go", "k");

    assertThat(attempts).hasValue(2);
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isZero();
  }

  @Test
  void a_decision_is_repeated() {
    ProcessInstance instance = engine.getRuntimeService().startProcessInstanceByKey(KEY);
    concurrently = ifFirst(() -> changeTask(instance));

    engine
        .getTaskService()
        .complete(engine.getTaskService().createTaskQuery().singleResult().getId());

    assertThat(attempts).hasValue(2);
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isZero();
  }

  @Test
  void a_row_that_is_gone_while_the_engine_works_is_a_conflict() {
    assertThat(
            runsOf(
                new CompleteTaskCmd("task", Map.of()),
                () -> new ExecutionEntity().remove())) // of no instance, in no engine
        .isEqualTo(2);
  }

  @Test
  void a_message_that_comes_too_late_is_correlated_again() {
    var builder = new MessageCorrelationBuilderImpl(mock(CommandExecutor.class), "go");

    assertThat(
            runsOf(
                new CorrelateMessageCmd(builder, false, false, false),
                () -> {
                  throw new ProcessEngineException("The execution has no such subscription");
                }))
        .isEqualTo(2);
  }

  /** How often a command is run that fails the first time. */
  private static int runsOf(Command<?> command, Runnable failure) {
    AtomicInteger runs = new AtomicInteger();
    var interceptor = new ConflictRetryInterceptor();
    interceptor.setNext(
        new CommandInterceptor() {
          @Override
          public <T> T execute(Command<T> ignored) {
            if (runs.incrementAndGet() == 1) {
              failure.run();
            }
            return null;
          }
        });
    interceptor.execute(command);
    return runs.get();
  }

  @Test
  void an_endless_conflict_is_reported() {
    ProcessInstance instance = engine.getRuntimeService().startProcessInstanceByKey(KEY, "k");
    concurrently = execution -> changeTask(instance);

    assertThatThrownBy(() -> engine.getRuntimeService().correlateMessage("go", "k"))
        .isInstanceOf(OptimisticLockingException.class);

    assertThat(attempts).hasValue(5);
  }

  @Test
  void another_failure_is_not_repeated() {
    engine.getRuntimeService().startProcessInstanceByKey(KEY, "k");
    concurrently =
        execution -> {
          throw new IllegalStateException("broken");
        };

    assertThatThrownBy(() -> engine.getRuntimeService().correlateMessage("go", "k"))
        .hasRootCauseMessage("broken");

    assertThat(attempts).hasValue(1);
  }

  private Consumer<DelegateExecution> ifFirst(Runnable action) {
    return execution -> {
      if (attempts.get() == 1) {
        action.run();
      }
    };
  }

  private void changeTask(ProcessInstance instance) {
    var task =
        engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceId(instance.getId())
            .singleResult();
    task.setPriority(task.getPriority() + 1);
    engine.getTaskService().saveTask(task);
  }
}
