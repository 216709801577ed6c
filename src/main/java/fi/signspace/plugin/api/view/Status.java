package fi.signspace.plugin.api.view;

import com.fasterxml.jackson.annotation.JsonValue;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.jspecify.annotations.Nullable;

/**
 * The state of a request for a caller. For a running request it is derived from the open user task:
 * the user tasks are part of the process's contract, and one query finds them.
 */
public enum Status {
  /** A step is in progress: sending, cancelling or downloading. */
  WORKING("working"),
  /** At least one signature is missing. */
  AWAITING("awaiting"),
  /** The input was rejected; a person corrects it. */
  NEEDS_CORRECTION("needsCorrection"),
  /** Cancelled, on hold, overdue or unclear; a person or a message decides. */
  NEEDS_DECISION("needsDecision"),
  SIGNED("signed"),
  CANCELLED("cancelled"),
  ABANDONED("abandoned"),
  /** According to its variables the request has ended, but nothing proves how. */
  UNPROVEN("unproven"),
  /** The variables state how it ended, but this node lacks the key to verify it. */
  UNVERIFIABLE("unverifiable"),
  /** An admin has deleted the process instance, or a calling process has ended it. */
  REMOVED("removed");

  private final String text;

  Status(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  /** Returns empty if there is no such status to search for. */
  public static Optional<Status> parse(String text) {
    return searchable().filter(status -> status.text.equalsIgnoreCase(text)).findFirst();
  }

  public static String choices() {
    return searchable().map(Status::text).collect(Collectors.joining(", "));
  }

  /** A search goes by where the instances ended; each result is then verified. */
  private static Stream<Status> searchable() {
    return Stream.of(values()).filter(status -> status != UNPROVEN && status != UNVERIFIABLE);
  }

  /** The user tasks that determine the state of a running request. */
  public static String[] userTasks() {
    return userTasks(AWAITING, NEEDS_CORRECTION, NEEDS_DECISION);
  }

  public static String[] userTasks(Status... states) {
    return Stream.of(states)
        .flatMap(status -> Stream.of(status.activities()))
        .toArray(String[]::new);
  }

  /**
   * The state of one instance; for an ended instance, the outcome that it claims.
   *
   * @param userTask the open user task, if there is one
   * @param outcome the variable {@code signingOutcome}
   */
  static Status of(
      HistoricProcessInstance instance, @Nullable String userTask, @Nullable String outcome) {
    if (instance.getEndTime() == null) {
      return Stream.of(values())
          .filter(status -> Stream.of(status.activities()).anyMatch(a -> a.equals(userTask)))
          .findFirst()
          .orElse(WORKING);
    }
    boolean isCompleted = HistoricProcessInstance.STATE_COMPLETED.equals(instance.getState());
    return Stream.of(SIGNED, CANCELLED, ABANDONED)
        .filter(status -> isCompleted && status.text.equals(outcome))
        .findFirst()
        .orElse(REMOVED);
  }

  /** Restricts a query of given instances to those in this state. */
  public HistoricProcessInstanceQuery narrow(HistoricProcessInstanceQuery query) {
    return switch (this) {
      case WORKING, AWAITING, NEEDS_CORRECTION, NEEDS_DECISION ->
          query.unfinished().activeActivityIdIn(activities());
      case SIGNED, CANCELLED, ABANDONED ->
          query.completed().variableValueEquals(SigningVariables.SIGNING_OUTCOME, text);
      case REMOVED -> query.or().externallyTerminated().internallyTerminated().endOr();
      case UNPROVEN, UNVERIFIABLE ->
          throw new IllegalArgumentException("There is no search for " + text);
    };
  }

  /**
   * Returns the SQL condition for the instances in this state, as history has recorded it.
   *
   * @param executions the engine's table of executions
   */
  String condition(String executions) {
    return switch (this) {
      case WORKING, AWAITING, NEEDS_CORRECTION, NEEDS_DECISION ->
          "exists (select 1 from %s E where E.PROC_INST_ID_ = RES.PROC_INST_ID_ and E.ACT_ID_ in ('%s'))"
              .formatted(executions, String.join("', '", activities()));
      case SIGNED -> endedWith("endEvent_signed");
      case CANCELLED -> endedWith("endEvent_cancelled");
      case ABANDONED -> endedWith("endEvent_abandoned");
      case REMOVED -> "RES.STATE_ in ('EXTERNALLY_TERMINATED', 'INTERNALLY_TERMINATED')";
      case UNPROVEN, UNVERIFIABLE ->
          throw new IllegalArgumentException("There is no search for " + text);
    };
  }

  private static String endedWith(String endEvent) {
    return "RES.STATE_ = 'COMPLETED' and RES.END_ACT_ID_ = '%s'".formatted(endEvent);
  }

  /** The activities at which a running instance is in this state; empty for ended instances. */
  private String[] activities() {
    return switch (this) {
      case WORKING ->
          new String[] {
            "serviceTask_uploadDocuments",
            "serviceTask_createSigningRequest",
            "serviceTask_cancelFormerRequest",
            "serviceTask_checkFormerRequest",
            "serviceTask_replaceDocuments",
            "serviceTask_cancelSigningRequest",
            "serviceTask_reopenSigningRequest",
            "serviceTask_checkStatusNow",
            "serviceTask_downloadDocuments"
          };
      case AWAITING -> new String[] {"userTask_manageSigning"};
      case NEEDS_CORRECTION -> new String[] {SigningProcess.CORRECTION};
      case NEEDS_DECISION ->
          new String[] {SigningProcess.DECIDE_CANCELLED, "userTask_resolveProblem"};
      case SIGNED, CANCELLED, ABANDONED, UNPROVEN, UNVERIFIABLE, REMOVED -> new String[0];
    };
  }
}
