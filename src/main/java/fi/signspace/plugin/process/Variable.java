package fi.signspace.plugin.process;

/**
 * A process variable: one constant for reading, writing and tests.
 *
 * @param type {@code String}, {@code Integer} and {@code Boolean} are variables of that type;
 *     anything else is a variable of type Json that this Java type is read from and written to
 */
public record Variable<T>(String name, Class<T> type) {

  public boolean isJson() {
    return type != String.class && type != Integer.class && type != Boolean.class;
  }
}
