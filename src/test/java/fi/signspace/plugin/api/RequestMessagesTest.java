package fi.signspace.plugin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.start.DocumentVariables;
import fi.signspace.plugin.api.timeline.UnsentCorrections;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.api.view.Status;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the engine throws if another call ends the state of a request during a message. */
class RequestMessagesTest {

  private final RuntimeService runtime = mock(RuntimeService.class, RETURNS_DEEP_STUBS);
  private final TaskService tasks = mock(TaskService.class, RETURNS_DEEP_STUBS);
  private final RequestQueries queries = mock(RequestQueries.class);
  private final TaskPermissions rights = mock(TaskPermissions.class);
  private final RequestMessages messages =
      new RequestMessages(
          runtime,
          tasks,
          queries,
          rights,
          new EngineTransactions(
              new TransactionTemplate(mock(PlatformTransactionManager.class)),
              mock(IdentityService.class)),
          mock(DocumentVariables.class),
          mock(UnsentCorrections.class),
          Clock.systemUTC());

  static List<RuntimeException> failures() {
    return List.of(
        new ProcessEngineException("Execution 1 does not have a subscription"),
        new NullPointerException("execution"));
  }

  @BeforeEach
  void awaitsSignatures() {
    SigningRequestView view = mock(SigningRequestView.class);
    when(view.status()).thenReturn(Status.AWAITING);
    when(queries.get(any())).thenReturn(view);
  }

  private void correlationFails(RuntimeException first) {
    when(rights.mayDoOpenTask(any())).thenReturn(true);
    when(runtime.createMessageCorrelation(any()).processInstanceId(any()).correlateWithResult())
        .thenThrow(first)
        .thenThrow(new MismatchingMessageCorrelationException("cancelSigning", "none waits"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_message_that_loses_against_another_one_or_a_decision_is_a_conflict(
      RuntimeException failure) {
    correlationFails(failure);

    assertThatThrownBy(() -> messages.send("cancelSigning", "1"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_that_repeats_itself_is_not_hidden(RuntimeException failure) {
    when(rights.mayDoOpenTask(any())).thenReturn(true);
    when(runtime.createMessageCorrelation(any()).processInstanceId(any()).correlateWithResult())
        .thenThrow(failure);

    assertThatThrownBy(() -> messages.send("cancelSigning", "1")).isSameAs(failure);
  }
}
