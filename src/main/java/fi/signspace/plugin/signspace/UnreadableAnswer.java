package fi.signspace.plugin.signspace;

import java.io.IOException;

/** SignSpace answered with success, but not with what was asked for. */
final class UnreadableAnswer extends IOException {

  private final String said;

  /**
   * @param problem what is wrong with the answer, without any of its words
   * @param said SignSpace's words, not masked yet
   */
  UnreadableAnswer(String problem, String said) {
    super(problem);
    this.said = said;
  }

  String said() {
    return said;
  }
}
