package fi.signspace.plugin.signspace.http;

import java.io.IOException;

/** A successful response of SignSpace without the expected content. */
public final class UnreadableResponseException extends IOException {

  private final String errorText;

  /**
   * @param problem what is wrong with the response, without quoting it
   * @param errorText SignSpace's text, not yet redacted
   */
  public UnreadableResponseException(String problem, String errorText) {
    super(problem);
    this.errorText = errorText;
  }

  public String errorText() {
    return errorText;
  }
}
