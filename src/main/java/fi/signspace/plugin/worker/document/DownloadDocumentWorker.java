package fi.signspace.plugin.worker.document;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.status.SigningPhase;
import fi.signspace.plugin.worker.document.DocumentDownload.RejectedFileException;
import fi.signspace.plugin.worker.execution.LockRenewal;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.request.RequestActions;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.status.CheckStatusWorker;
import fi.signspace.plugin.worker.status.CheckStatusWorker.Check;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
import java.util.Optional;

/**
 * Downloads the signed documents one by one and writes their evidence. The status is checked again,
 * since a variable with the value "signed" proves nothing.
 */
public final class DownloadDocumentWorker implements TopicWorker {

  private final SignSpace signSpace;
  private final SealedStates states;
  private final RequestActions actions;
  private final CheckStatusWorker checks;
  private final EvidenceWriter evidence;
  private final LockRenewal lock;
  private final LargeDocumentLimiter large;

  public DownloadDocumentWorker(
      SignSpace signSpace,
      SealedStates states,
      RequestActions actions,
      CheckStatusWorker checks,
      EvidenceWriter evidence,
      LockRenewal lock,
      LargeDocumentLimiter large) {
    this.signSpace = signSpace;
    this.states = states;
    this.actions = actions;
    this.checks = checks;
    this.evidence = evidence;
    this.lock = lock;
    this.large = large;
  }

  @Override
  public Step step() {
    return Step.DOWNLOAD_DOCUMENT;
  }

  @Override
  public WorkloadType workloadType() {
    return WorkloadType.DOCUMENTS;
  }

  @Override
  public Outputs work(SigningTask task) {
    SigningState read = states.requestOf(task);
    Optional<RequestState> reported = actions.readRequest(task, read);
    Instant checkedAt = evidence.now();
    SigningState before = states.compared(task, read);
    Check check = checks.check(task, before, reported.orElse(null));
    if (check.phase() != SigningPhase.SIGNED) {
      return notSigned(task, check);
    }
    RequestState signed = reported.orElseThrow();
    SignedVariables variables =
        new SignedVariables(task, evidence, check.state(), signed.signedFileIds().size());
    DocumentDownload download =
        new DocumentDownload(
            signSpace, states, lock, large, task, variables, check.state(), signed);
    try {
      download.downloadAll();
    } catch (RejectedFileException e) {
      return notSigned(task, checkWithout(e, task, before, signed));
    }
    SigningState state = download.state();
    if (!isSame(task, read, signed)) {
      // the next attempt knows that these documents are its own
      states.save(task, state);
      throw SignSpaceException.unreadableResponse(
          "SignSpace has changed the signing request %s while its documents were downloaded, so they are downloaded again."
              .formatted(signed.id()),
          null);
    }
    states.requireSame(task, read, before);
    Document proof = evidence.of(task, state, signed, checkedAt);
    variables.save(state, variables.names().evidence(), proof);
    variables.requireKept(state, proof);
    variables.names().beyond(state.signed().size(), variables.earlier()).forEach(task::remove);
    states.requireUnchanged(task, state);
    // keeps the problem of the previous check, such as a late decision
    return states.put(task, check.outputs().without(SigningVariables.PROBLEM), state);
  }

  /** Signatures and files belong together only if none has changed during the download. */
  private boolean isSame(SigningTask task, SigningState read, RequestState signed) {
    return actions
        .readRequest(task, read)
        .filter(now -> Completion.isSame(signed, now))
        .isPresent();
  }

  /** Only a download with evidence ends as signed. */
  private Check checkWithout(
      RejectedFileException refusal, SigningTask task, SigningState before, RequestState signed) {
    SigningState state = refusal.recordedIn(before);
    Check check = checks.check(task, state, signed);
    return check.phase() == SigningPhase.SIGNED
        ? checks.check(task, state.withOtherFiles(signed.signedFileIds()), signed)
        : check;
  }

  /** The status may have changed since the check, or the variable may have been forged. */
  private static Outputs notSigned(SigningTask task, Check check) {
    if (task.followsPhase()) {
      return check.outputs();
    }
    throw new IncidentException(
        "SignSpace does not report the signing request %s as signed, so there is nothing to download. Retry when it is signed"
            .formatted(check.state().requireRequest().id()));
  }
}
