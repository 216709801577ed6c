package fi.signspace.plugin.process;

import fi.signspace.plugin.signing.input.StartOption;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The variables of {@code signing-request}. Times set by the workers are ISO 8601 strings in UTC:
 * they sort, timers parse them, and unlike the task client's Date format they are thread-safe.
 */
public final class SigningVariables {

  /**
   * The variables that a caller may set at the start, loosely typed. Documents are separate
   * variables.
   */
  public static final List<String> START =
      StartOption.all().stream().map(StartOption::variable).toList();

  /** The start variables that are lists or objects; they may also be given as text. */
  public static final Set<String> START_AS_JSON = startVariables(StartOption::isJson);

  /** The start variables that no step of another process reads. */
  static final Set<String> START_OF_PROCESS = startVariables(StartOption::isForNotices);

  /** The mandatory start variables. */
  static final Set<String> MANDATORY = startVariables(StartOption::isMandatory);

  /** The participants, as loosely typed as JSON is; identity codes are encrypted. */
  public static final Variable<Object> PARTICIPANTS = new Variable<>("participants", Object.class);

  /** Whether identities are verified. */
  public static final Variable<Boolean> IS_PROTECTED = new Variable<>("isProtected", Boolean.class);

  public static final Variable<String> ACTING_HANDLE = string("actingHandle");
  public static final Variable<String> STATUS_CHECK_INTERVAL = string("statusCheckInterval");

  /** Input of the upload task: the names of the File variables to be signed. */
  public static final Variable<String> DOCUMENTS = string("documents");

  /** Input of the upload task: whether the whole request is validated before anything is sent. */
  public static final Variable<Boolean> WHOLE_REQUEST =
      new Variable<>("wholeRequest", Boolean.class);

  /** The description of the problem that a person has to decide on. */
  public static final Variable<String> PROBLEM = string("problem");

  /**
   * The sealed state of the request, a {@link SigningState}: the only variable that workers trust.
   */
  public static final Variable<String> SIGNING_STATE = string("signingState");

  /** The File variable with the signed evidence, in {@code signing-request}. */
  public static final String SIGNING_EVIDENCE = "signingEvidence";

  /** How the process ended, according to the end event of its model. */
  public static final String SIGNING_OUTCOME = "signingOutcome";

  /** The documents uploaded to SignSpace, for forms. */
  public static final Variable<UploadedDocument[]> UPLOADED_DOCUMENTS =
      new Variable<>("uploadedDocuments", UploadedDocument[].class);

  public static final Variable<String[]> FILE_IDS = strings("fileIds");

  /** Written by former versions only: when a creation with an unknown outcome started. */
  public static final Variable<String> CREATION_STARTED_AT = string("creationStartedAt");

  /**
   * In other processes than {@code signing-request}, when a run of the creation step has recorded
   * its last attempt: its history shows that there was one, whatever the state is now.
   */
  public static final Variable<String> CREATION_RECORDED_AT = string("creationRecordedAt");

  /** Whether a person has corrected the request, to be sent instead of the existing one. */
  public static final Variable<Boolean> SENDING_AGAIN =
      new Variable<>("sendingAgain", Boolean.class);

  /** The ids of cancelled requests that were sent again, oldest first. */
  public static final Variable<String[]> FORMER_SIGNING_REQUEST_IDS =
      strings("formerSigningRequestIds");

  public static final Variable<String> SIGNING_REQUEST_ID = string("signingRequestId");
  public static final Variable<String> SIGNING_REQUEST_URL = string("signingRequestUrl");

  /** The status in SignSpace. */
  public static final Variable<String> SIGNING_STATUS = string("signingStatus");

  /** What the status means for the process: awaiting, signed, cancelled, problem. */
  public static final Variable<String> SIGNING_PHASE = string("signingPhase");

  public static final Variable<Integer> SIGNATURES_REQUESTED = integer("signaturesRequested");
  public static final Variable<Integer> SIGNATURES_COMPLETED = integer("signaturesCompleted");
  public static final Variable<SignatureGiven[]> SIGNATURES =
      new Variable<>("signatures", SignatureGiven[].class);

  /** The time after which the request is overdue, regardless of the format of {@code dueDate}. */
  public static final Variable<String> DUE_AT = string("dueAt");

  /** Why SignSpace rejected an action of a person; the next check shows it to them. */
  public static final Variable<String> REFUSAL = string("refusal");

  /** The status that a person has acknowledged and keeps waiting in. */
  public static final Variable<String> TOLERATED_STATUS = string("toleratedStatus");

  public static final Variable<String> LAST_CHECK_AT = string("lastCheckAt");
  public static final Variable<String> NEXT_CHECK_AT = string("nextCheckAt");

  /** The {@link Notice} that the last check has found due; empty for none. */
  public static final Variable<String> SIGNING_NOTICE = string("signingNotice");

  /** When the next reminder or another notice is due; empty for none. */
  public static final Variable<String> NEXT_NOTICE_AT = string("nextNoticeAt");

  /** When a caller has asked to remind those who have not signed; empty after the next check. */
  public static final Variable<String> REMINDER_REQUESTED_AT = string("reminderRequestedAt");

  /** The group or user to whom the request has been escalated. */
  public static final Variable<String> ESCALATED_TO = string("escalatedTo");

  public static final Variable<String[]> SIGNED_FILE_IDS = strings("signedFileIds");

  /** Input of the download task: the name of the File variables, without their number. */
  public static final Variable<String> SIGNED_DOCUMENT_NAME = string("signedDocumentName");

  /** The default name: {@code signedDocument1} and so on. */
  public static final String SIGNED_DOCUMENT = "signedDocument";

  /**
   * The number of the webhook's last event; written by engine nodes that send more than the end.
   */
  public static final Variable<Integer> WEBHOOK_SEQUENCE = integer("webhookSequence");

  /** How many signatures the webhook has reported; written by the same nodes. */
  public static final Variable<Integer> WEBHOOK_SIGNATURES = integer("webhookSignatures");

  private static Set<String> startVariables(Predicate<StartOption> filter) {
    return StartOption.all().stream()
        .filter(filter)
        .map(StartOption::variable)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Variable<String> string(String name) {
    return new Variable<>(name, String.class);
  }

  private static Variable<Integer> integer(String name) {
    return new Variable<>(name, Integer.class);
  }

  private static Variable<String[]> strings(String name) {
    return new Variable<>(name, String[].class);
  }

  private SigningVariables() {}
}
