package fi.signspace.plugin.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.jspecify.annotations.Nullable;

/**
 * How a request stands, for a caller. While it runs, the user task that is open says it: the tasks
 * are part of the process's contract, and they can be asked for in one query.
 */
enum Status {
  /** A step is on its way: sending, cancelling, downloading. */
  WORKING("working"),
  /** Somebody has still to sign. */
  AWAITING("awaiting"),
  /** The input was refused; a person corrects it. */
  NEEDS_CORRECTION("needsCorrection"),
  /** Cancelled, on hold, overdue or in doubt; a person or a message decides. */
  NEEDS_DECISION("needsDecision"),
  SIGNED("signed"),
  CANCELLED("cancelled"),
  ABANDONED("abandoned"),
  /** It says that it has ended so, but nothing proves it. */
  UNPROVEN("unproven"),
  /** It has evidence that it was signed, by a key that this node does not know. */
  UNVERIFIABLE("unverifiable"),
  /** An admin has deleted the process instance, or a process that called it has ended it. */
  REMOVED("removed");

  private final String text;

  Status(String text) {
    this.text = text;
  }

  @JsonValue
  String text() {
    return text;
  }

  /** Empty if there is no such status to search for. */
  static Optional<Status> parse(String text) {
    return searchable().filter(status -> status.text.equalsIgnoreCase(text)).findFirst();
  }

  static String choices() {
    return searchable().map(Status::text).collect(Collectors.joining(", "));
  }

  /** A search finds what instances claim; each that is found is looked at then. */
  private static Stream<Status> searchable() {
    return Stream.of(values()).filter(status -> status != UNPROVEN && status != UNVERIFIABLE);
  }

  /** The user tasks that tell how a running request stands. */
  static String[] userTasks() {
    return Stream.of(AWAITING, NEEDS_CORRECTION, NEEDS_DECISION)
        .flatMap(status -> Stream.of(status.activities()))
        .toArray(String[]::new);
  }

  /**
   * How one instance stands; of one that has ended, how it claims to have ended.
   *
   * @param userTask the user task that is open, if there is one
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

  /** Narrows a query to the instances that stand so. */
  void narrow(HistoricProcessInstanceQuery query) {
    switch (this) {
      case WORKING, AWAITING, NEEDS_CORRECTION, NEEDS_DECISION ->
          query.unfinished().activeActivityIdIn(activities());
      case SIGNED, CANCELLED, ABANDONED ->
          query.completed().variableValueEquals("signingOutcome", text);
      case REMOVED -> query.or().externallyTerminated().internallyTerminated().endOr();
      case UNPROVEN, UNVERIFIABLE ->
          throw new IllegalArgumentException("There is no search for " + text);
    }
  }

  /** The steps at which a running instance stands so; none if it has ended. */
  private String[] activities() {
    return switch (this) {
      case WORKING ->
          new String[] {
            "serviceTask_uploadDocuments",
            "serviceTask_createSigningRequest",
            "serviceTask_replaceDocuments",
            "serviceTask_cancelSigningRequest",
            "serviceTask_reopenSigningRequest",
            "serviceTask_checkStatusNow",
            "serviceTask_downloadDocuments"
          };
      case AWAITING -> new String[] {"userTask_manageSigning"};
      case NEEDS_CORRECTION -> new String[] {"userTask_correctRequest"};
      case NEEDS_DECISION -> new String[] {"userTask_decideCancelled", "userTask_resolveProblem"};
      case SIGNED, CANCELLED, ABANDONED, UNPROVEN, UNVERIFIABLE, REMOVED -> new String[0];
    };
  }
}
