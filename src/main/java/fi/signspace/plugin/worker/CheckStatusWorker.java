package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.CheckMemory;
import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Assessment;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningPhase;
import fi.signspace.plugin.signing.Situation;
import fi.signspace.plugin.signing.StatusRules;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what SignSpace says of a request, and when to ask again. */
final class CheckStatusWorker {

  private static final Logger LOG = LoggerFactory.getLogger(CheckStatusWorker.class);

  private final StatusRules rules;
  private final CheckSchedule schedule;

  CheckStatusWorker(StatusRules rules, CheckSchedule schedule) {
    this.rules = rules;
    this.schedule = schedule;
  }

  /**
   * @param states the answer of SignSpace by request id
   */
  Outputs outputs(SigningTask task, Map<String, RequestState> states) {
    RequestState state = states.get(task.require(SigningVariables.SIGNING_REQUEST_ID));
    CheckMemory before = before(task);
    Assessment assessment = rules.assess(state, situation(task, before));
    if (state != null && !assessment.status().equals(before.signingStatus())) {
      LOG.info("The request {} is {} now", state.id(), assessment.status());
    }
    int unchanged = hasChanged(before, state, assessment) ? 0 : before.unchangedChecks() + 1;
    int earlierWaits = assessment.doubtfulChecks() > 0 ? 0 : unchanged;
    Outputs outputs =
        new Outputs()
            .put(SigningVariables.SIGNING_STATUS, assessment.status())
            .put(SigningVariables.SIGNING_PHASE, assessment.phase().text())
            .put(SigningVariables.TOLERATED_STATUS, assessment.toleratedStatus())
            .put(SigningVariables.DOUBTFUL_CHECKS, assessment.doubtfulChecks())
            .put(SigningVariables.UNCHANGED_CHECKS, unchanged)
            .put(SigningVariables.PROBLEM, problem(task, assessment))
            .put(SigningVariables.REFUSAL, "")
            .put(SigningVariables.LAST_CHECK_AT, schedule.now().toString())
            .put(
                SigningVariables.NEXT_CHECK_AT,
                schedule.next(task.get(SigningVariables.STATUS_CHECK_INTERVAL), earlierWaits));
    if (state != null) {
      describe(state, assessment, outputs);
    }
    return task.mapsResults()
        ? outputs.put(SigningVariables.CHECK_MEMORY, memory(before, state, assessment, unchanged))
        : outputs;
  }

  /** Writes what SignSpace tells of a request, beside its status. */
  static Outputs describe(RequestState state, Outputs outputs) {
    return outputs
        .putIfKnown(SigningVariables.SIGNATURES_REQUESTED, state.signaturesRequested())
        .putIfKnown(SigningVariables.SIGNATURES_COMPLETED, state.signaturesCompleted())
        .putIfKnown(SigningVariables.SIGNING_REQUEST_URL, state.url());
  }

  private static void describe(RequestState state, Assessment assessment, Outputs outputs) {
    describe(state, outputs)
        .put(
            SigningVariables.SIGNATURES,
            state.signatures().stream()
                .map(given -> new SignatureGiven(given.signedBy(), text(given.signedAt())))
                .toArray(SignatureGiven[]::new));
    if (assessment.phase() == SigningPhase.SIGNED) {
      outputs.put(SigningVariables.SIGNED_FILE_IDS, state.signedFileIds().toArray(String[]::new));
    }
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }

  /** What the check before this one left. */
  private static CheckMemory before(SigningTask task) {
    return task.get(SigningVariables.CHECK_MEMORY)
        .orElseGet(
            () ->
                new CheckMemory(
                    task.get(SigningVariables.SIGNING_STATUS).orElse(""),
                    task.get(SigningVariables.SIGNATURES_COMPLETED).orElse(null),
                    task.get(SigningVariables.DOUBTFUL_CHECKS).orElse(0),
                    task.get(SigningVariables.UNCHANGED_CHECKS).orElse(0)));
  }

  private static CheckMemory memory(
      CheckMemory before, @Nullable RequestState state, Assessment assessment, int unchanged) {
    Integer completed = state == null ? null : state.signaturesCompleted();
    return new CheckMemory(
        assessment.status(),
        completed == null ? before.signaturesCompleted() : completed,
        assessment.doubtfulChecks(),
        unchanged);
  }

  private static Situation situation(SigningTask task, CheckMemory before) {
    return new Situation(
        task.get(SigningVariables.DUE_AT)
            .filter(text -> !text.isEmpty())
            .map(Instant::parse)
            .orElse(null),
        task.get(SigningVariables.TOLERATED_STATUS).orElse(""),
        before.doubtfulChecks());
  }

  private static boolean hasChanged(
      CheckMemory before, @Nullable RequestState state, Assessment assessment) {
    Integer completed = state == null ? null : state.signaturesCompleted();
    return !assessment.status().equals(before.signingStatus())
        || (completed != null && !Objects.equals(completed, before.signaturesCompleted()));
  }

  private static String problem(SigningTask task, Assessment assessment) {
    return Stream.of(task.get(SigningVariables.REFUSAL).orElse(""), assessment.problem())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }
}
