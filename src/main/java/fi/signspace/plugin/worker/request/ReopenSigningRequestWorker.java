package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.Set;

/**
 * Re-opens the cancelled or held request, unless it is open already. If it is complete, the next
 * status check detects that.
 */
public final class ReopenSigningRequestWorker implements TopicWorker {

  private static final Set<SigningStatus> TARGET_STATUSES =
      Set.of(SigningStatus.OPEN, SigningStatus.IN_PROGRESS, SigningStatus.COMPLETE);

  private final SignSpace signSpace;
  private final RequestActions actions;

  public ReopenSigningRequestWorker(SignSpace signSpace, RequestActions actions) {
    this.signSpace = signSpace;
    this.actions = actions;
  }

  @Override
  public Step step() {
    return Step.REOPEN_SIGNING_REQUEST;
  }

  @Override
  public Outputs work(SigningTask task) {
    return actions.act(task, TARGET_STATUSES, signSpace::reopenRequest);
  }
}
