package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.TransactionSystemException;

/** Which failures are attributed to the database, and how they are logged. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseFailureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "08006 | An I/O error occurred while sending to the backend.",
        "08001 | Connection to db:5432 refused.",
        "57P01 | FATAL: terminating connection due to administrator command",
        "57P03 | FATAL: the database system is starting up",
        "53100 | ERROR: could not extend file: No space left on device",
        "53300 | FATAL: sorry, too many clients already",
        "58030 | PANIC: could not write to file",
        "25006 | ERROR: cannot execute INSERT in a read-only transaction",
        "90098 | The database has been closed",
        "HY000 | General error: \"org.h2.mvstore.MVStoreException: This store is closed\""
      })
  void the_database_is_the_cause(String state, String message) {
    SQLException cause = new SQLException(message + "\n  Hint: look at it", state);

    assertThat(DatabaseFailure.in(wrapped(cause))).map(DatabaseFailure::message).contains(message);
  }

  @Test
  void a_pool_without_connections_names_the_reason() {
    var timeout = new SQLTransientConnectionException("not available, timed out after 5000ms");
    timeout.initCause(new SQLException("Connection to db:5432 refused.", "08001"));

    assertThat(DatabaseFailure.in(timeout))
        .map(DatabaseFailure::message)
        .contains("Connection to db:5432 refused.");
  }

  @Test
  void a_file_that_cannot_be_written_names_the_reason() {
    SQLException failure = new SQLException("General error: Writing failed", "HY000");
    failure.initCause(new IOException("No space left on device"));

    assertThat(DatabaseFailure.in(wrapped(failure)))
        .map(DatabaseFailure::message)
        .contains("General error: Writing failed: No space left on device");
  }

  @Test
  void a_failing_rollback_does_not_hide_the_cause() {
    var rollback = new TransactionSystemException("JDBC rollback failed");
    rollback.initApplicationException(wrapped(new SQLException("disk full", "53100")));

    assertThat(DatabaseFailure.in(rollback)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "40001", "40P01", "42P01", "22001"})
  void a_failure_of_the_statement_is_not_one_of_the_database(String state) {
    assertThat(DatabaseFailure.in(wrapped(new SQLException("wrong", state)))).isEmpty();
    assertThat(DatabaseFailure.in(new IOException("Broken pipe"))).isEmpty();
  }

  @Test
  void each_cause_and_its_end_are_logged_once(CapturedOutput log) {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T08:00:00Z"));
    DatabaseFailureLog failures = new DatabaseFailureLog(now::get);
    failures.replaceStackTraces();
    Exception failure = wrapped(new SQLException("disk full", "53100"));

    for (int i = 0; i < 5; i++) {
      failures.note(failure);
      LoggerFactory.getLogger("of.another.component").error("It failed", failure);
      failures.noteSuccess();
    }
    now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));
    failures.noteSuccess();
    failures.noteSuccess();

    assertThat(log.getAll())
        .containsOnlyOnce("The database cannot be used: disk full.")
        .containsOnlyOnce("The database is available again")
        .doesNotContain("It failed");
  }

  private static RuntimeException wrapped(SQLException cause) {
    return new ProcessEnginePersistenceException("An exception occurred", cause);
  }
}
