package fi.signspace.plugin.worker.status;

import static fi.signspace.plugin.signing.status.SigningPhase.AWAITING;
import static fi.signspace.plugin.signing.status.SigningPhase.CANCELLED;
import static fi.signspace.plugin.signing.status.SigningPhase.SIGNED;

import fi.signspace.plugin.process.Notice;
import fi.signspace.plugin.process.Notices;
import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.FormerRequest;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.status.Doubts;
import fi.signspace.plugin.signing.status.SentRequest;
import fi.signspace.plugin.signing.status.SigningPhase;
import fi.signspace.plugin.signing.status.StatusAssessment;
import fi.signspace.plugin.signing.status.StatusContext;
import fi.signspace.plugin.signing.status.StatusRules;
import fi.signspace.plugin.worker.state.GivenSignatures;
import fi.signspace.plugin.worker.state.ReportedRequest;
import fi.signspace.plugin.worker.state.RequestsSinceBackup;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.state.SigningRequestFinder;
import fi.signspace.plugin.worker.state.UnsettledActions;
import fi.signspace.plugin.worker.status.NoticeSchedule.Finding;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates the status of a request and schedules the next check. */
public final class CheckStatusWorker {

  private static final Logger LOG = LoggerFactory.getLogger(CheckStatusWorker.class);

  private final SignSpace signSpace;
  private final SealedStates states;
  private final StatusRules rules;
  private final CheckSchedule schedule;
  private final NoticeSchedule notices;
  private final RequestsSinceBackup sinceBackup;
  private final UnsettledActions unsettled;

  public CheckStatusWorker(
      SignSpace signSpace,
      SealedStates states,
      StatusRules rules,
      CheckSchedule schedule,
      NoticeSchedule notices,
      RequestsSinceBackup sinceBackup,
      UnsettledActions unsettled) {
    this.signSpace = signSpace;
    this.states = states;
    this.rules = rules;
    this.schedule = schedule;
    this.notices = notices;
    this.sinceBackup = sinceBackup;
    this.unsettled = unsettled;
  }

  /** Returns the state of a request; null if SignSpace does not show it. */
  public interface StatusSource {
    @Nullable RequestState stateOf(String requestId);
  }

  /**
   * The result of a check.
   *
   * @param state including the result of the check
   * @param outputs for the process, including the state
   */
  public record Check(SigningState state, SigningPhase phase, Outputs outputs) {}

  /** The id of the request to check; empty if unknown. */
  Optional<String> requestId(SigningTask task) {
    return states.unverifiedRequestId(task);
  }

  /**
   * @param source returns SignSpace's state of the request, or throws the failure of the call
   */
  public Outputs outputs(SigningTask task, StatusSource source) {
    SigningState state = states.requestOf(task);
    RequestState reported = source.stateOf(state.requireRequest().id());
    if (reported != null) {
      ReportedRequest.requireOurs(state, reported);
    }
    Check check = checkFiles(task, state, reported);
    if (!task.isOfSigningRequest() && check.phase() != AWAITING) {
      SigningState latest = states.compared(task, state);
      check = latest.equals(state) ? check : checkFiles(task, latest, reported);
    }
    states.requireUnchanged(task, state);
    return check.outputs();
  }

  /**
   * SignSpace may write the signed version of a file that a download has refused late, under the
   * same id. So after 1, 2, 4, 8 … checks without a change, the next download looks at it again.
   */
  private Check checkFiles(SigningTask task, SigningState before, @Nullable RequestState reported) {
    LastCheck last = before.lastCheck();
    boolean isSecondLook =
        reported != null
            && last != null
            && Integer.bitCount(last.unchangedChecks()) == 1
            && before.refusesAnyOf(reported.signedFileIds());
    return isSecondLook
        ? check(task, before.withoutRefusedFiles(), reported, true)
        : check(task, before, reported, false);
  }

  /**
   * @param reported a request that is ours; null if SignSpace does not show it
   */
  public Check check(SigningTask task, SigningState before, @Nullable RequestState reported) {
    return check(task, before, reported, false);
  }

  /**
   * @param isSecondLook whether the next download may refuse files that it has refused before,
   *     which continues the unconfirmed checks
   */
  private Check check(
      SigningTask task,
      SigningState before,
      @Nullable RequestState reported,
      boolean isSecondLook) {
    LastCheck last = Objects.requireNonNullElse(before.lastCheck(), initialCheck());
    Instant dueAt = before.requireRequest().creation().due();
    StatusAssessment assessed = rules.assess(reported, contextOf(task, before, last, dueAt));
    StatusAssessment own =
        isSecondLook && assessed.phase() == SIGNED
            ? assessed.withDoubtfulChecks(last.unconfirmedChecks())
            : assessed;
    if (own.phase() == CANCELLED) {
      unsettled.requireNoReopening(task, before);
      sinceBackup.requireNoneInsteadOf(task, before.requireRequest().creation().title());
    }
    boolean isFormerOfInterest = FormerRequestRules.isOfInterest(last, own);
    Optional<FormerRequest> former =
        isFormerOfInterest
            ? SigningRequestFinder.formerNotCancelled(before, signSpace)
            : Optional.ofNullable(last.former());
    StatusAssessment assessment =
        former
            .filter(open -> isFormerOfInterest)
            .map(open -> FormerRequestRules.problem(open, own))
            .orElse(own);
    if (reported != null && !assessment.status().equals(last.status())) {
      LOG.info("The request {} is now {}", reported.id(), assessment.status());
    }
    LastCheck now = after(before, last, reported, assessment, former);
    String nextCheckAt = next(task, assessment, now.unchangedChecks(), dueAt);
    Finding found =
        new Finding(
            task.givesNotices(),
            reported != null,
            assessment.phase(),
            assessment.status(),
            last.phase(),
            last.status());
    NoticeOutputs notice = giveNotice(task, before.notices(), found, nextCheckAt);
    SigningState state = before.withLastCheck(now).withNotices(notice.remaining());
    boolean isDoubtful = now.documentsInDoubtSince() != null;
    // all signatures until SignSpace has our documents again may be of others
    SigningState marked =
        isDoubtful || last.documentsInDoubtSince() != null
            ? state.withSameDocumentsSince(
                GivenSignatures.afterThose(reported, schedule.now()).toString(),
                reported == null ? null : reported.signaturesCompleted())
            : state;
    if (!isDoubtful) {
      state = marked;
    }
    SignatureGiven[] signatures =
        reported == null ? null : GivenSignatures.asVariable(reported, marked.requireRequest());
    if (signatures != null) {
      state = state.withSignatures(signatures);
    }
    Outputs outputs =
        states
            .put(task, notice.outputs(), state)
            .put(SigningVariables.SIGNING_REQUEST_ID, before.requireRequest().id())
            .put(SigningVariables.SIGNING_STATUS, assessment.status())
            .put(SigningVariables.SIGNING_PHASE, assessment.phase().text())
            .put(SigningVariables.TOLERATED_STATUS, assessment.acknowledgedStatus())
            .put(SigningVariables.PROBLEM, problem(task, assessment))
            .put(SigningVariables.REFUSAL, "")
            .put(SigningVariables.LAST_CHECK_AT, schedule.now().toString())
            .put(SigningVariables.NEXT_CHECK_AT, nextCheckAt);
    if (reported != null) {
      describe(reported, assessment, outputs).put(SigningVariables.SIGNATURES, signatures);
    }
    return new Check(state, assessment.phase(), outputs);
  }

  /**
   * @param remaining the notices that have not been given
   * @param outputs of the notice that is given, if any
   */
  private record NoticeOutputs(@Nullable Notices remaining, Outputs outputs) {}

  private NoticeOutputs giveNotice(
      SigningTask task, @Nullable Notices planned, Finding found, String nextCheckAt) {
    Outputs outputs = new Outputs();
    if (planned == null) {
      return new NoticeOutputs(null, outputs);
    }
    Optional<String> requestedAt = task.text(SigningVariables.REMINDER_REQUESTED_AT.name());
    NoticeSchedule.Result result =
        requestedAt
            .flatMap(at -> notices.requested(planned, found, at))
            .orElseGet(() -> notices.after(planned, found));
    Notice given = result.given();
    outputs.put(SigningVariables.NEXT_NOTICE_AT, notices.nextNoticeAt(result, found, nextCheckAt));
    // without a notice, a variable that does not exist need not be created
    if (given != null || task.text(SigningVariables.SIGNING_NOTICE.name()).isPresent()) {
      outputs.put(SigningVariables.SIGNING_NOTICE, given == null ? "" : given.text());
    }
    if (requestedAt.isPresent()) {
      outputs.put(SigningVariables.REMINDER_REQUESTED_AT, "");
    }
    if (given == Notice.ESCALATED) {
      outputs.put(SigningVariables.ESCALATED_TO, planned.escalateTo());
    }
    return new NoticeOutputs(result.left(), outputs);
  }

  private LastCheck after(
      SigningState before,
      LastCheck last,
      @Nullable RequestState reported,
      StatusAssessment assessment,
      Optional<FormerRequest> former) {
    String now = schedule.now().toString();
    Doubts doubts = StatusRules.doubts(reported, sent(before, last));
    Integer completed = reported == null ? null : reported.signaturesCompleted();
    boolean isSameStatus = assessment.status().equals(last.status());
    boolean isUnchanged =
        isSameStatus && (completed == null || completed.equals(last.signaturesCompleted()));
    return new LastCheck(
        assessment.status(),
        assessment.phase().text(),
        isSameStatus ? last.statusSince() : now,
        completed == null ? last.signaturesCompleted() : completed,
        assessment.doubtfulChecks(),
        isUnchanged ? last.unchangedChecks() + 1 : 0,
        doubts.otherDocuments()
            ? Objects.requireNonNullElse(last.documentsInDoubtSince(), now)
            : null,
        doubts.missingSignatures(),
        former.orElse(null));
  }

  private LastCheck initialCheck() {
    return LastCheck.none(schedule.now().toString());
  }

  private String next(
      SigningTask task, StatusAssessment assessment, int unchanged, @Nullable Instant dueAt) {
    Optional<String> interval = task.get(SigningVariables.STATUS_CHECK_INTERVAL);
    boolean isUnconfirmed = assessment.doubtfulChecks() > 0 && assessment.phase() == AWAITING;
    return isUnconfirmed && assessment.acknowledgedStatus().isEmpty()
        ? schedule.soon(interval)
        : schedule.next(interval, unchanged, dueAt);
  }

  private static @Nullable Instant instant(@Nullable String moment) {
    return moment == null ? null : Instant.parse(moment);
  }

  /** Adds the details of a request other than its status. */
  public static Outputs describe(RequestState state, Outputs outputs) {
    return outputs
        .putIfKnown(SigningVariables.SIGNATURES_REQUESTED, state.signaturesRequested())
        .putIfKnown(SigningVariables.SIGNATURES_COMPLETED, state.signaturesCompleted())
        .putIfKnown(SigningVariables.SIGNING_REQUEST_URL, state.url());
  }

  private static Outputs describe(
      RequestState state, StatusAssessment assessment, Outputs outputs) {
    if (assessment.phase() == SIGNED) {
      outputs.put(SigningVariables.SIGNED_FILE_IDS, state.signedFileIds().toArray(String[]::new));
    }
    return describe(state, outputs);
  }

  private static SentRequest sent(SigningState state, LastCheck last) {
    return new SentRequest(
        state.requireRequest().fileIds(),
        state.requireRequest().creation().participants().stream()
            .map(one -> new SentRequest.Participant(one.handle(), one.displayName(), one.signs()))
            .toList(),
        state.outdatedFileIds(),
        state.otherFileIds(),
        state.replacementInDoubt() != null,
        new Doubts(last.documentsInDoubtSince() != null, last.signaturesMissing()));
  }

  private static StatusContext contextOf(
      SigningTask task, SigningState state, LastCheck last, @Nullable Instant dueAt) {
    return new StatusContext(
        sent(state, last),
        dueAt,
        acknowledgedStatus(task, last),
        last.status(),
        instant(last.statusSince()),
        last.unconfirmedChecks());
  }

  /**
   * A model may acknowledge any status; a person can acknowledge only the status that a check has
   * shown to them.
   */
  private static String acknowledgedStatus(SigningTask task, LastCheck last) {
    boolean isOfTheModel = task.isMapped(SigningVariables.TOLERATED_STATUS);
    return task.text(SigningVariables.TOLERATED_STATUS.name())
        .filter(status -> isOfTheModel || status.equals(last.status()))
        .orElse("");
  }

  private static String problem(SigningTask task, StatusAssessment assessment) {
    return Stream.of(task.text(SigningVariables.REFUSAL.name()).orElse(""), assessment.problem())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }
}
