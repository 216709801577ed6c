package fi.signspace.plugin.engine.security.command;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field of an engine command that has no getter. If the engine lacks the field, the
 * application fails to start.
 */
final class CommandField<T> {

  private final Field field;
  private final Class<T> type;

  private CommandField(Field field, Class<T> type) {
    this.field = field;
    this.type = type;
  }

  /**
   * @throws IllegalStateException if the command has no such field
   */
  static <T> CommandField<T> of(Class<?> command, String name, Class<T> type) {
    for (Class<?> owner = command; owner != null; owner = owner.getSuperclass()) {
      try {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return new CommandField<>(field, type);
      } catch (NoSuchFieldException e) {
        // the superclass may have it
      }
    }
    throw new IllegalStateException("This engine's %s has no field %s".formatted(command, name));
  }

  @Nullable T get(Object command) {
    try {
      return type.cast(field.get(command));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
