package fi.signspace.plugin.environment;

/**
 * The product does not run with a setting of its surroundings. The message is one sentence that
 * names the setting; the action says what to do.
 */
public final class UnsupportedSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  public UnsupportedSettingException(String message, String action) {
    super(message);
    this.action = action;
  }

  String action() {
    return action;
  }
}
