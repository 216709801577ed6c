package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.status.SigningPhase;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.status.CheckSchedule;
import fi.signspace.plugin.worker.status.CheckStatusWorker;
import fi.signspace.plugin.worker.status.NoticeSchedule;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.List;

/** Creates the signing request, exactly once: see {@link ExactlyOnceCreation}. */
public final class CreateSigningRequestWorker implements TopicWorker {

  private final SealedStates states;
  private final RequestInput input;
  private final ExactlyOnceCreation creation;
  private final CheckSchedule schedule;
  private final NoticeSchedule notices;

  public CreateSigningRequestWorker(
      SealedStates states,
      RequestInput input,
      ExactlyOnceCreation creation,
      CheckSchedule schedule,
      NoticeSchedule notices) {
    this.states = states;
    this.input = input;
    this.creation = creation;
    this.schedule = schedule;
    this.notices = notices;
  }

  @Override
  public Step step() {
    return Step.CREATE_SIGNING_REQUEST;
  }

  @Override
  public Outputs work(SigningTask task) {
    SigningState before = states.ownOrNew(task);
    Created created = creation.ensure(task, before, () -> input.read(task));
    SentRequest request = created.state().requireRequest();
    SigningState state =
        withNotices(task, created.state().withRequest(request, check(created.reported())));
    String nextCheckAt =
        schedule.next(
            task.get(SigningVariables.STATUS_CHECK_INTERVAL), 0, request.creation().due());
    Outputs outputs =
        states
            .put(task, new Outputs(), state)
            .put(SigningVariables.SIGNING_REQUEST_ID, request.id())
            .put(SigningVariables.SIGNING_STATUS, status(created.reported()))
            .put(SigningVariables.SIGNING_PHASE, SigningPhase.AWAITING.text())
            .put(SigningVariables.DUE_AT, request.creation().dueAt())
            .put(SigningVariables.PROBLEM, "")
            .put(SigningVariables.NEXT_CHECK_AT, nextCheckAt);
    if (state.notices() != null) {
      outputs.put(
          SigningVariables.NEXT_NOTICE_AT,
          notices.nextNoticeAt(
              new NoticeSchedule.Result(state.notices(), null), NoticeSchedule.SENT, nextCheckAt));
    }
    if (task.isOfSigningRequest()) {
      putFormer(created.state(), outputs);
    }
    removeNins(task);
    return CheckStatusWorker.describe(created.reported(), outputs);
  }

  /**
   * Nothing that is known about a former request, or one of a calling process, is about this one.
   */
  private static void putFormer(SigningState state, Outputs outputs) {
    List<String> former = state.formerRequestIds();
    outputs
        .put(
            SigningVariables.FORMER_SIGNING_REQUEST_IDS,
            former.isEmpty() ? null : former.toArray(String[]::new))
        .put(SigningVariables.SIGNATURES, null)
        .put(SigningVariables.SIGNATURES_REQUESTED, null)
        .put(SigningVariables.SIGNATURES_COMPLETED, null)
        .put(SigningVariables.SIGNING_REQUEST_URL, null)
        .put(SigningVariables.ESCALATED_TO, null);
  }

  /** Only {@code signing-request} gives notices. */
  private SigningState withNotices(SigningTask task, SigningState state) {
    if (!task.isOfSigningRequest() || state.notices() != null) {
      return state;
    }
    return state.withNotices(
        notices.plan(input.notices(task), state.requireRequest().creation().due()));
  }

  /**
   * The existing request.
   *
   * @param reported its state as reported by SignSpace
   */
  record Created(SigningState state, RequestState reported) {}

  private LastCheck check(RequestState reported) {
    return new LastCheck(
        status(reported),
        SigningPhase.AWAITING.text(),
        schedule.now().toString(),
        reported.signaturesCompleted(),
        0,
        0,
        null,
        false,
        null);
  }

  /**
   * Removes the identity codes, which SignSpace has received. The process only keeps that there
   * were any.
   */
  private static void removeNins(SigningTask task) {
    Object participants = task.startValues().get(SigningVariables.PARTICIPANTS.name());
    Object withoutNins = ParticipantNins.without(participants);
    if (withoutNins != null && !withoutNins.equals(participants)) {
      task.replace(SigningVariables.PARTICIPANTS, withoutNins);
      task.replace(SigningVariables.IS_PROTECTED, true);
    }
  }

  private static String status(RequestState state) {
    return state.statusText().isEmpty() ? SigningStatus.OPEN.text() : state.status().text();
  }
}
