package fi.signspace.plugin.worker;

import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.process.CheckMemory;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningPhase;
import fi.signspace.plugin.signing.SigningStatus;
import java.time.Instant;
import java.util.List;

/** Creates the signing request, exactly once: see {@link OnceOnlyCreation}. */
final class CreateSigningRequestWorker implements TopicWorker {

  private final RequestInput input;
  private final OnceOnlyCreation creation;
  private final CheckSchedule schedule;

  CreateSigningRequestWorker(
      RequestInput input, OnceOnlyCreation creation, CheckSchedule schedule) {
    this.input = input;
    this.creation = creation;
    this.schedule = schedule;
  }

  @Override
  public Step step() {
    return Step.CREATE_SIGNING_REQUEST;
  }

  @Override
  public Outputs work(SigningTask task) {
    List<String> fileIds = List.of(task.require(SigningVariables.FILE_IDS));
    RequestState state = creation.ensure(task, fileIds, () -> input.read(task));
    Instant dueAt = input.dueDate(task).orElse(null);
    Outputs outputs =
        new Outputs()
            .put(SigningVariables.SIGNING_REQUEST_ID, state.id())
            .put(SigningVariables.CREATION_STARTED_AT, null)
            .put(SigningVariables.SIGNING_STATUS, status(state))
            .put(SigningVariables.SIGNING_PHASE, SigningPhase.AWAITING.text())
            .put(SigningVariables.DUE_AT, dueAt == null ? null : dueAt.toString())
            .put(SigningVariables.PROBLEM, "")
            .put(SigningVariables.UNCHANGED_CHECKS, 0)
            .put(
                SigningVariables.NEXT_CHECK_AT,
                schedule.next(task.get(SigningVariables.STATUS_CHECK_INTERVAL), 0, dueAt));
    if (task.mapsResults()) {
      outputs.put(
          SigningVariables.CHECK_MEMORY,
          new CheckMemory(status(state), state.signaturesCompleted(), 0, 0));
    }
    forgetNins(task);
    return CheckStatusWorker.describe(state, outputs);
  }

  /** SignSpace has the identity codes now: the process keeps that there were some, and no more. */
  private static void forgetNins(SigningTask task) {
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
