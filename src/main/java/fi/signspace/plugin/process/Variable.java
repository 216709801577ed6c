package fi.signspace.plugin.process;

/**
 * A process variable with its Java type.
 *
 * @param type {@code String}, {@code Integer} and {@code Boolean} are variables of that type; any
 *     other type is stored as a variable of type Json
 */
public record Variable<T>(String name, Class<T> type) {

  public boolean isJson() {
    return type != String.class && type != Integer.class && type != Boolean.class;
  }
}
