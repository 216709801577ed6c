package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import java.util.Set;

/**
 * Cancels the request. Cancelled already is as good; complete already is found by the check that
 * follows.
 */
final class CancelSigningRequestWorker implements TopicWorker {

  private static final Set<SigningStatus> WELL =
      Set.of(SigningStatus.CANCELLED, SigningStatus.COMPLETE);

  private final SignSpace signSpace;
  private final RequestActions actions;

  CancelSigningRequestWorker(SignSpace signSpace, RequestActions actions) {
    this.signSpace = signSpace;
    this.actions = actions;
  }

  @Override
  public Step step() {
    return Step.CANCEL_SIGNING_REQUEST;
  }

  @Override
  public Outputs work(SigningTask task) {
    return actions.act(task, WELL, signSpace::cancelRequest);
  }
}
