package fi.signspace.plugin.environment;

/**
 * An environment setting with which the product cannot run. The message is one sentence that names
 * the setting; the action describes the correction.
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
