package fi.signspace.plugin.api.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class EngineTransactionsTest {

  private final EngineTransactions transactions =
      new EngineTransactions(
          new TransactionTemplate(mock(PlatformTransactionManager.class)), mock());
  private final AtomicInteger attempts = new AtomicInteger();

  static Stream<RuntimeException> conflicts() {
    NullPointerException rowIsGone = new NullPointerException();
    rowIsGone.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.camunda.bpm.engine.impl.pvm.Delete", "run", null, 1)
        });
    return Stream.of(
        new OptimisticLockingException("updated by another transaction"),
        new ProcessEnginePersistenceException("foreign key", new IllegalStateException()),
        new ProcessEngineException("does not have a subscription"),
        rowIsGone);
  }

  @ParameterizedTest
  @MethodSource("conflicts")
  void a_conflict_with_another_call_is_retried(RuntimeException conflict) {
    assertThat(transactions.inTransaction(() -> resultAfter(4, conflict))).isEqualTo("done");
  }

  @Test
  void a_conflict_that_lasts_is_reported_as_such() {
    RuntimeException conflict = new OptimisticLockingException("updated by another transaction");

    assertThatThrownBy(() -> transactions.inTransaction(() -> resultAfter(9, conflict)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("try again");
    assertThat(attempts).hasValue(5);
  }

  @Test
  void an_error_of_the_engine_that_lasts_is_not_called_a_conflict() {
    RuntimeException failure = new ProcessEngineException("out of order");

    assertThatThrownBy(() -> transactions.inTransaction(() -> resultAfter(9, failure)))
        .isSameAs(failure);
  }

  static Stream<RuntimeException> otherFailures() {
    return Stream.of(new BadUserRequestException("unknown task"), new NullPointerException());
  }

  @ParameterizedTest
  @MethodSource("otherFailures")
  void other_failures_are_not_retried(RuntimeException failure) {
    assertThatThrownBy(() -> transactions.inTransaction(() -> resultAfter(1, failure)))
        .isSameAs(failure);
    assertThat(attempts).hasValue(1);
  }

  private String resultAfter(int failures, RuntimeException failure) {
    if (attempts.incrementAndGet() <= failures) {
      throw failure;
    }
    return "done";
  }
}
