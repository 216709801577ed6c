package fi.signspace.plugin.engine.security.command;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.engine.security.command.Operation.Allowed;
import fi.signspace.plugin.model.ModelReader;
import fi.signspace.plugin.model.ModelReader.ModelledProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every process that the product deploys is protected, in whichever folder its model is. */
class ProtectedProcessesTest {

  private static Set<String> keysOfModels() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
      return files
          .filter(file -> file.toString().endsWith(".bpmn"))
          .filter(file -> !file.getParent().endsWith("examples"))
          .map(ProtectedProcessesTest::text)
          .flatMap(model -> ModelReader.processes(model).stream())
          .map(ModelledProcess::key)
          .collect(toSet());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_model_of_the_product_is_protected() throws IOException {
    assertThat(keysOfModels()).contains("signing-request", "signing-webhook");
    assertThat(ProtectedProcesses.KEYS).isEqualTo(keysOfModels());
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void internal_processes_are_for_admins_and_their_steps_for_the_nodes_that_serve_them(
      Operation operation) {
    Allowed ofSweep = ProtectedProcesses.allowed(operation, "signing-status-sweep");

    assertThat(ProtectedProcesses.allowed(operation, "signing-request"))
        .isEqualTo(operation.allowed());
    assertThat(ProtectedProcesses.allowed(operation, "signing-webhook")).isEqualTo(Allowed.ADMINS);
    assertThat(ofSweep)
        .isEqualTo(
            Set.of(Operation.WRITE, Operation.EXTERNAL_TASK).contains(operation)
                ? Allowed.WORKERS
                : Allowed.ADMINS);
  }
}
