package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.worker.Failures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FetchFailureLogTest {

  private final FetchFailureLog failureLog = new FetchFailureLog();

  @Test
  void an_outage_and_its_end_are_logged_once(CapturedOutput log) {
    failureLog.noteSuccess(this);
    failureLog.noteFailure(this, Failures.connectionLost(), 0);
    failureLog.noteFailure(this, Failures.connectionLost(), 0);
    failureLog.noteSuccess(this);
    failureLog.noteSuccess(this);

    assertThat(lines(log)).hasSize(2);
    assertThat(lines(log).get(0))
        .endsWith("Cannot fetch external tasks, retrying: the engine cannot be reached (reset)");
    assertThat(lines(log).get(1)).endsWith("Fetching external tasks works again");
  }

  @Test
  void an_outage_ends_when_every_loop_has_a_response(CapturedOutput log) {
    failureLog.noteFailure("one", Failures.connectionLost(), 0);
    failureLog.noteFailure("other", Failures.connectionLost(), 0);
    failureLog.noteSuccess("one");
    failureLog.noteFailure("one", Failures.connectionLost(), 0);
    failureLog.noteSuccess("one");

    assertThat(lines(log)).hasSize(1);

    failureLog.noteSuccess("other");

    assertThat(lines(log)).hasSize(2);
  }

  @Test
  void another_failure_is_logged(CapturedOutput log) {
    failureLog.noteFailure(this, Failures.connectionLost(), 0);
    failureLog.noteFailure(this, Failures.engineError(), 503);

    assertThat(lines(log)).hasSize(2);
    assertThat(lines(log).get(1)).contains("HTTP 503, message of the engine");
  }

  @Test
  void a_wrong_password_is_logged_with_the_settings_that_fix_it(CapturedOutput log) {
    failureLog.noteFailure(this, Failures.connectionLost(), 401);

    assertThat(lines(log)).hasSize(1);
    assertThat(lines(log).get(0))
        .contains("HTTP 401")
        .contains("CAMUNDA_BPM_CLIENT_BASIC_AUTH_USERNAME")
        .contains("SIGNSPACE_WORKER_PASSWORD");
  }

  /** The lines of this logger and thread, in any format. */
  private static List<String> lines(CapturedOutput log) {
    return log.getOut()
        .lines()
        .filter(line -> line.contains("main]") && line.contains("FetchFailureLog"))
        .toList();
  }
}
