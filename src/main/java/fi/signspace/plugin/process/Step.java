package fi.signspace.plugin.process;

import static fi.signspace.plugin.process.SigningVariables.ACTING_HANDLE;
import static fi.signspace.plugin.process.SigningVariables.CREATION_STARTED_AT;
import static fi.signspace.plugin.process.SigningVariables.DOCUMENTS;
import static fi.signspace.plugin.process.SigningVariables.DUE_AT;
import static fi.signspace.plugin.process.SigningVariables.ESCALATED_TO;
import static fi.signspace.plugin.process.SigningVariables.FILE_IDS;
import static fi.signspace.plugin.process.SigningVariables.FORMER_SIGNING_REQUEST_IDS;
import static fi.signspace.plugin.process.SigningVariables.LAST_CHECK_AT;
import static fi.signspace.plugin.process.SigningVariables.MANDATORY;
import static fi.signspace.plugin.process.SigningVariables.NEXT_CHECK_AT;
import static fi.signspace.plugin.process.SigningVariables.NEXT_NOTICE_AT;
import static fi.signspace.plugin.process.SigningVariables.PROBLEM;
import static fi.signspace.plugin.process.SigningVariables.REFUSAL;
import static fi.signspace.plugin.process.SigningVariables.REMINDER_REQUESTED_AT;
import static fi.signspace.plugin.process.SigningVariables.SENDING_AGAIN;
import static fi.signspace.plugin.process.SigningVariables.SIGNATURES;
import static fi.signspace.plugin.process.SigningVariables.SIGNATURES_COMPLETED;
import static fi.signspace.plugin.process.SigningVariables.SIGNATURES_REQUESTED;
import static fi.signspace.plugin.process.SigningVariables.SIGNED_DOCUMENT_NAME;
import static fi.signspace.plugin.process.SigningVariables.SIGNED_FILE_IDS;
import static fi.signspace.plugin.process.SigningVariables.SIGNING_NOTICE;
import static fi.signspace.plugin.process.SigningVariables.SIGNING_PHASE;
import static fi.signspace.plugin.process.SigningVariables.SIGNING_REQUEST_ID;
import static fi.signspace.plugin.process.SigningVariables.SIGNING_REQUEST_URL;
import static fi.signspace.plugin.process.SigningVariables.SIGNING_STATE;
import static fi.signspace.plugin.process.SigningVariables.SIGNING_STATUS;
import static fi.signspace.plugin.process.SigningVariables.START;
import static fi.signspace.plugin.process.SigningVariables.START_OF_PROCESS;
import static fi.signspace.plugin.process.SigningVariables.STATUS_CHECK_INTERVAL;
import static fi.signspace.plugin.process.SigningVariables.TOLERATED_STATUS;
import static fi.signspace.plugin.process.SigningVariables.UPLOADED_DOCUMENTS;
import static fi.signspace.plugin.process.SigningVariables.WHOLE_REQUEST;

import fi.signspace.plugin.process.SigningProcess.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the external task of a topic reads and writes in any model. Variables that the model does
 * not map are read from and written to the process under their own names.
 *
 * @param needed the variables that a step requires
 * @param optional other variables that it reads
 * @param observed variables that it compares with the sealed state, or reads in {@code
 *     signing-request} only; they are not mapped
 * @param results the variables that it writes
 * @param isCorrectable whether it raises {@link SigningProcess#REQUEST_REJECTED} for input that a
 *     person can correct
 */
public record Step(
    String topic,
    List<String> needed,
    List<String> optional,
    List<String> observed,
    List<String> results,
    boolean isCorrectable) {

  public static final Step UPLOAD_DOCUMENT =
      new Step(
          Topic.UPLOAD_DOCUMENT,
          names(DOCUMENTS),
          names(ACTING_HANDLE, WHOLE_REQUEST, SIGNING_STATE),
          names(SIGNING_REQUEST_ID, SENDING_AGAIN),
          names(SIGNING_STATE, FILE_IDS, UPLOADED_DOCUMENTS, PROBLEM),
          true);

  public static final Step CREATE_SIGNING_REQUEST =
      new Step(
          Topic.CREATE_SIGNING_REQUEST,
          List.of("title", "participants", SIGNING_STATE.name()),
          START.stream()
              .filter(name -> !MANDATORY.contains(name) && !START_OF_PROCESS.contains(name))
              .toList(),
          and(
              names(SIGNING_REQUEST_ID, FILE_IDS, CREATION_STARTED_AT, DUE_AT),
              START_OF_PROCESS.stream().sorted().toList()),
          names(
              SIGNING_STATE,
              SIGNING_REQUEST_ID,
              SIGNING_REQUEST_URL,
              SIGNING_STATUS,
              SIGNING_PHASE,
              SIGNATURES_REQUESTED,
              SIGNATURES_COMPLETED,
              DUE_AT,
              NEXT_CHECK_AT,
              PROBLEM,
              NEXT_NOTICE_AT,
              ESCALATED_TO,
              FORMER_SIGNING_REQUEST_IDS,
              SIGNATURES),
          true);

  public static final Step CHECK_STATUS =
      new Step(
          Topic.CHECK_STATUS,
          names(SIGNING_STATE),
          names(TOLERATED_STATUS, REFUSAL, STATUS_CHECK_INTERVAL),
          names(SIGNING_REQUEST_ID, FILE_IDS, DUE_AT, REMINDER_REQUESTED_AT),
          names(
              SIGNING_STATE,
              SIGNING_PHASE,
              SIGNING_STATUS,
              SIGNATURES_REQUESTED,
              SIGNATURES_COMPLETED,
              SIGNATURES,
              SIGNED_FILE_IDS,
              SIGNING_REQUEST_URL,
              PROBLEM,
              REFUSAL,
              LAST_CHECK_AT,
              NEXT_CHECK_AT,
              SIGNING_NOTICE,
              NEXT_NOTICE_AT,
              REMINDER_REQUESTED_AT,
              ESCALATED_TO,
              TOLERATED_STATUS),
          false);

  /** Checks the status again, and downloads only if the request is signed. */
  public static final Step DOWNLOAD_DOCUMENT =
      new Step(
          Topic.DOWNLOAD_DOCUMENT,
          names(SIGNING_STATE),
          names(SIGNED_DOCUMENT_NAME),
          and(CHECK_STATUS.optional(), CHECK_STATUS.observed()),
          CHECK_STATUS.results(),
          false);

  public static final Step CANCEL_SIGNING_REQUEST = action(Topic.CANCEL_SIGNING_REQUEST);

  public static final Step REOPEN_SIGNING_REQUEST = action(Topic.REOPEN_SIGNING_REQUEST);

  public static final Step REPLACE_DOCUMENTS =
      new Step(
          Topic.REPLACE_DOCUMENTS,
          names(SIGNING_STATE),
          List.of(),
          names(SIGNING_REQUEST_ID, FILE_IDS, DUE_AT),
          names(SIGNING_STATE, SIGNATURES, NEXT_CHECK_AT, PROBLEM, REFUSAL),
          true);

  public static final Step SWEEP_STATUSES =
      new Step(
          StatusSweep.TOPIC,
          List.of(),
          List.of(),
          List.of(),
          names(StatusSweep.WAITING_REQUESTS, StatusSweep.CHANGED_REQUESTS, StatusSweep.BROKEN_OFF),
          false);

  /**
   * Results of former versions: models made for those may still map them, so they are set to null.
   */
  public static final List<String> FORMER_RESULTS =
      List.of(
          "checkMemory",
          "creationStartedAt",
          "doubtfulChecks",
          "downloadedFileIds",
          "unchangedChecks");

  /** Every topic that the workers serve. */
  public static final List<Step> ALL =
      List.of(
          UPLOAD_DOCUMENT,
          CREATE_SIGNING_REQUEST,
          CHECK_STATUS,
          DOWNLOAD_DOCUMENT,
          CANCEL_SIGNING_REQUEST,
          REOPEN_SIGNING_REQUEST,
          REPLACE_DOCUMENTS,
          SWEEP_STATUSES);

  public Step {
    needed = List.copyOf(needed);
    optional = List.copyOf(optional);
    observed = List.copyOf(observed);
    results = List.copyOf(results);
  }

  /**
   * @throws IllegalArgumentException if the topic is not served
   */
  public static Step of(String topic) {
    return ALL.stream()
        .filter(step -> step.topic.equals(topic))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No worker serves " + topic));
  }

  /** The variables that a model can map. */
  public Set<String> inputs() {
    return new TreeSet<>(and(needed, optional));
  }

  /** All variables that it reads or writes: results are compared with their current values. */
  public Set<String> variables() {
    return new TreeSet<>(and(and(needed, optional), and(observed, results)));
  }

  private static Step action(String topic) {
    return new Step(
        topic,
        names(SIGNING_STATE),
        List.of(),
        names(SIGNING_REQUEST_ID, FILE_IDS, DUE_AT),
        names(REFUSAL),
        false);
  }

  private static List<String> names(Variable<?>... variables) {
    return Stream.of(variables).map(Variable::name).toList();
  }

  private static List<String> and(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
