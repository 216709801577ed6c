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

  private final FetchFailureLog trouble = new FetchFailureLog();

  @Test
  void an_outage_is_told_once_and_so_is_its_end(CapturedOutput log) {
    trouble.isOver(this);
    trouble.note(this, Failures.connectionLost(), 0);
    trouble.note(this, Failures.connectionLost(), 0);
    trouble.isOver(this);
    trouble.isOver(this);

    assertThat(told(log)).hasSize(2);
    assertThat(told(log).get(0))
        .endsWith(
            "The engine hands out no tasks, and is asked again until it does: it cannot be reached (reset)");
    assertThat(told(log).get(1)).endsWith("The engine hands out tasks again");
  }

  @Test
  void it_is_over_when_every_loop_is_answered(CapturedOutput log) {
    trouble.note("one", Failures.connectionLost(), 0);
    trouble.note("other", Failures.connectionLost(), 0);
    trouble.isOver("one");
    trouble.note("one", Failures.connectionLost(), 0);
    trouble.isOver("one");

    assertThat(told(log)).hasSize(1);

    trouble.isOver("other");

    assertThat(told(log)).hasSize(2);
  }

  @Test
  void another_trouble_is_told(CapturedOutput log) {
    trouble.note(this, Failures.connectionLost(), 0);
    trouble.note(this, Failures.engineError(), 503);

    assertThat(told(log)).hasSize(2);
    assertThat(told(log).get(1)).contains("HTTP 503, words of the engine");
  }

  @Test
  void a_wrong_password_is_told_with_the_settings_that_cure_it(CapturedOutput log) {
    trouble.note(this, Failures.connectionLost(), 401);

    assertThat(told(log)).hasSize(1);
    assertThat(told(log).get(0))
        .contains("HTTP 401")
        .contains("CAMUNDA_BPM_CLIENT_BASIC_AUTH_USERNAME")
        .contains("SIGNSPACE_WORKER_PASSWORD");
  }

  /** In whatever format, and by nobody else who logs meanwhile. */
  private static List<String> told(CapturedOutput log) {
    return log.getOut()
        .lines()
        .filter(line -> line.contains("main]") && line.contains("FetchFailureLog"))
        .toList();
  }
}
