package fi.signspace.plugin.engine.security.command;

import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableMap;

import fi.signspace.plugin.engine.security.command.Operation.Allowed;
import fi.signspace.plugin.model.ExternalStep;
import fi.signspace.plugin.model.ModelReader;
import fi.signspace.plugin.process.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The processes whose commands are authorized: those of the models that this product deploys. */
final class ProtectedProcesses {

  private static final Set<String> FOLDERS = Set.of("processes", "webhook", "mail");

  /** The topics that workers serve; any other topic belongs to the engine nodes. */
  private static final Set<String> SERVED = Step.ALL.stream().map(Step::topic).collect(toSet());

  private static final Map<String, ProtectedProcess> BY_KEY =
      models()
          .flatMap(ProtectedProcesses::read)
          .collect(toUnmodifiableMap(ProtectedProcess::key, process -> process));

  static final Set<String> KEYS = BY_KEY.keySet();

  /**
   * @param isStartedByPeople whether Tasklist offers it; other processes are started by the engine
   *     only
   * @param topics the topics of its external tasks
   */
  private record ProtectedProcess(String key, boolean isStartedByPeople, Set<String> topics) {

    Allowed allowed(Operation operation) {
      Allowed most = SERVED.containsAll(topics) ? Allowed.WORKERS : Allowed.ADMINS;
      if (isStartedByPeople) {
        return operation.allowed();
      }
      return switch (operation) {
        case START -> Allowed.ADMINS;
        default -> operation.allowed() == Allowed.ADMINS ? Allowed.ADMINS : most;
      };
    }
  }

  /** Returns who may perform an operation on a process, if the engine's permissions allow it. */
  static Allowed allowed(Operation operation, String key) {
    return BY_KEY.get(key).allowed(operation);
  }

  /** Whether workers serve a topic, in our processes or in those of analysts. */
  static boolean isServed(String topic) {
    return SERVED.contains(topic);
  }

  /** Returns the processes that have an external task with this topic. */
  static Stream<String> withTopic(String topic) {
    return BY_KEY.values().stream()
        .filter(process -> process.topics().contains(topic))
        .map(ProtectedProcess::key);
  }

  private static Stream<ProtectedProcess> read(String model) {
    Set<String> topics =
        ModelReader.externalSteps(model).stream().map(ExternalStep::topic).collect(toSet());
    return ModelReader.processes(model).stream()
        .map(
            process ->
                new ProtectedProcess(process.key(), process.isStartableInTasklist(), topics));
  }

  private static Stream<String> models() {
    return FOLDERS.stream()
        .flatMap(
            folder -> {
              try {
                return Stream.of(
                    new PathMatchingResourcePatternResolver()
                        .getResources("classpath:" + folder + "/*.bpmn"));
              } catch (IOException e) {
                throw new UncheckedIOException("Cannot list " + folder + " on the class path", e);
              }
            })
        .map(ProtectedProcesses::text);
  }

  private static String text(Resource model) {
    try {
      return model.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + model, e);
    }
  }

  private ProtectedProcesses() {}
}
