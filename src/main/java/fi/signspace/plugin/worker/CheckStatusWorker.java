package fi.signspace.plugin.worker;

import static fi.signspace.plugin.signing.SigningPhase.AWAITING;

import fi.signspace.plugin.process.CheckMemory;
import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Assessment;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningPhase;
import fi.signspace.plugin.signing.Situation;
import fi.signspace.plugin.signing.StatusRules;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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

  /** How a request stands; null if SignSpace does not show it. */
  interface Answer {
    @Nullable RequestState stateOf(String requestId);
  }

  /**
   * @param answer of SignSpace; whatever it throws is what the check has failed with
   */
  Outputs outputs(SigningTask task, Answer answer) {
    RequestState state = answer.stateOf(task.require(SigningVariables.SIGNING_REQUEST_ID));
    CheckMemory before = before(task);
    Assessment assessment = rules.assess(state, situation(task, before));
    if (state != null && !assessment.status().equals(before.signingStatus())) {
      LOG.info("The request {} is {} now", state.id(), assessment.status());
    }
    int unchanged = hasChanged(before, state, assessment) ? 0 : before.unchangedChecks() + 1;
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
            .put(SigningVariables.NEXT_CHECK_AT, next(task, assessment, unchanged));
    if (state != null) {
      describe(state, assessment, outputs);
    }
    return task.mapsResults()
        ? outputs.put(SigningVariables.CHECK_MEMORY, memory(before, state, assessment, unchanged))
        : outputs;
  }

  private String next(SigningTask task, Assessment assessment, int unchanged) {
    Optional<String> interval = task.get(SigningVariables.STATUS_CHECK_INTERVAL);
    boolean doubted = assessment.doubtfulChecks() > 0 && assessment.phase() == AWAITING;
    return doubted && assessment.toleratedStatus().isEmpty()
        ? schedule.soon(interval)
        : schedule.next(interval, unchanged, dueAt(task));
  }

  private static @Nullable Instant dueAt(SigningTask task) {
    return task.get(SigningVariables.DUE_AT)
        .filter(text -> !text.isEmpty())
        .map(Instant::parse)
        .orElse(null);
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
        dueAt(task),
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
