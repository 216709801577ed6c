package fi.signspace.plugin.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the unit tests of the forms' JavaScript where Node.js is installed. */
class FormCodeTest {

  private static final Path TOOLS = Path.of("forms", ".tools");
  private static final int MIN_NODE = 20;

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void the_unit_tests_pass() throws IOException, InterruptedException {
    boolean isInstalled = isNodeInstalled();
    assumeThat(isInstalled || System.getenv("CI") != null)
        .as("Node.js %s or newer is installed", MIN_NODE)
        .isTrue();
    Process tests = run("node", "--test");

    String report = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(tests.waitFor()).as(report).isZero();
    assertThat(report).doesNotContain("# pass 0");
  }

  private static boolean isNodeInstalled() throws InterruptedException {
    try {
      Process version = run("node", "--version");
      String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return version.waitFor() == 0
          && Integer.parseInt(text.strip().replaceFirst("v(\\d+).*", "$1")) >= MIN_NODE;
    } catch (IOException e) {
      return false;
    }
  }

  private static Process run(String... command) throws IOException {
    return new ProcessBuilder(List.of(command))
        .directory(TOOLS.toFile())
        .redirectErrorStream(true)
        .start();
  }
}
