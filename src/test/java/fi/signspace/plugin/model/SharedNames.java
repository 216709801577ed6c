package fi.signspace.plugin.model;

import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.Variable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names shared by models and workers, from the package process. */
final class SharedNames {

  static final Set<String> TOPICS =
      Stream.concat(Step.ALL.stream().map(Step::topic), Stream.of(BulkProcess.SEND_ROWS_TOPIC))
          .collect(Collectors.toCollection(TreeSet::new));
  static final Set<String> SIGNING_MESSAGES = constants(SigningProcess.Message.class);
  static final Set<String> MESSAGES = messages();
  static final Set<String> VARIABLES = variables();

  private static Set<String> messages() {
    Set<String> names = new TreeSet<>(SIGNING_MESSAGES);
    names.addAll(List.of(BulkProcess.PAUSE, BulkProcess.RESUME, BulkProcess.CANCEL));
    return names;
  }

  private static Set<String> constants(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .map(SharedNames::valueOf)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> variables() {
    Set<String> names = new TreeSet<>(SigningVariables.START);
    names.addAll(List.of(BulkProcess.PHASE, BulkProcess.ROWS, BulkProcess.ROWS_STARTED));
    Arrays.stream(SigningVariables.class.getDeclaredFields())
        .map(SharedNames::valueOf)
        .filter(Variable.class::isInstance)
        .map(variable -> ((Variable<?>) variable).name())
        .forEach(names::add);
    return names;
  }

  private static Object valueOf(Field field) {
    try {
      return Modifier.isStatic(field.getModifiers()) && Modifier.isPublic(field.getModifiers())
          ? field.get(null)
          : field;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private SharedNames() {}
}
