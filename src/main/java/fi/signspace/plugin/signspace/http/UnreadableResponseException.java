package fi.signspace.plugin.signspace.http;

import java.io.IOException;

/** SignSpace answered with success, but not with what was asked for. */
public final class UnreadableResponseException extends IOException {

  private final String said;

  /**
   * @param problem what is wrong with the answer, without any of its words
   * @param said SignSpace's words, not masked yet
   */
  public UnreadableResponseException(String problem, String said) {
    super(problem);
    this.said = said;
  }

  public String said() {
    return said;
  }
}
