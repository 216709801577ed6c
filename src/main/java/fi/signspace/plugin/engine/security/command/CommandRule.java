package fi.signspace.plugin.engine.security.command;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/**
 * What an engine command does.
 *
 * @param targets the processes that the command would change
 * @param supplied the variables that the caller supplies; those to be removed have the value null
 */
record CommandRule<C extends Command<?>>(
    Class<C> command,
    Operation operation,
    Function<C, Stream<Target>> targets,
    Function<C, VariableMap> supplied) {

  Stream<Target> targetsOf(Command<?> given) {
    return targets.apply(command.cast(given)).filter(Target::isProtected);
  }

  VariableMap suppliedBy(Command<?> given) {
    return supplied.apply(command.cast(given));
  }

  static VariableMap all(@Nullable Map<?, ?>... maps) {
    VariableMap all = Variables.createVariables();
    for (Map<?, ?> map : maps) {
      if (map instanceof VariableMap typed) {
        typed.keySet().forEach(name -> all.putValueTyped(name, typed.getValueTyped(name)));
      } else if (map != null) {
        map.forEach((name, value) -> all.putValue(String.valueOf(name), value));
      }
    }
    return all;
  }

  static VariableMap removed(@Nullable Collection<?> names) {
    VariableMap removed = Variables.createVariables();
    if (names != null) {
      names.forEach(name -> removed.putValue(String.valueOf(name), null));
    }
    return removed;
  }
}
