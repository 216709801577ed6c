package fi.signspace.plugin.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an invalid production configuration as a message instead of a stack trace. */
class InvalidProductionConfigAnalyzer
    extends AbstractFailureAnalyzer<InvalidProductionConfigException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidProductionConfigException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Set each of them as an environment variable or a property. To try the product out, start it"
            + " without the profile production.",
        failure);
  }
}
