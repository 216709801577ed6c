package fi.signspace.plugin.environment;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows an unsupported setting as a message instead of a stack trace. */
class UnsupportedSettingAnalyzer extends AbstractFailureAnalyzer<UnsupportedSettingException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, UnsupportedSettingException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), failure);
  }
}
