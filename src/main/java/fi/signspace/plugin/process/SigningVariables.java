package fi.signspace.plugin.process;

import java.util.List;
import java.util.Set;

/**
 * The variables of {@code signing-request}. Times that the workers set are ISO 8601 strings in UTC:
 * they sort, a timer understands them, and they are written from several threads, which the task
 * client's Date format does not allow.
 */
public final class SigningVariables {

  /**
   * What a caller may give; the values are as loosely typed as callers are. Documents come beside
   * them.
   */
  public static final List<String> START =
      List.of(
          "title",
          "participants",
          "description",
          "recipientLanguage",
          "signatureStrength",
          "invitationType",
          "metadataTemplate",
          "actingHandle",
          "dueDate",
          "participantsListOrderRespected",
          "signingDiscussionDisabled",
          "overdueSigningDisabled",
          "cannotSignDisabled",
          "isProtected",
          "ownersHandles",
          "metadata",
          "statusCheckInterval");

  /** What of it is a list or an object; text means the same. */
  public static final Set<String> START_AS_JSON =
      Set.of("participants", "ownersHandles", "metadata");

  /** What of it has to be there. */
  static final List<String> MANDATORY = List.of("title", "participants");

  /** The participants, as loosely typed as JSON is; identity codes are encrypted. */
  public static final Variable<Object> PARTICIPANTS = new Variable<>("participants", Object.class);

  /** Whether identities are verified. */
  public static final Variable<Boolean> IS_PROTECTED = new Variable<>("isProtected", Boolean.class);

  public static final Variable<String> ACTING_HANDLE = string("actingHandle");
  public static final Variable<String> STATUS_CHECK_INTERVAL = string("statusCheckInterval");

  /** Input of the upload task: the names of the File variables to be signed. */
  public static final Variable<String> DOCUMENTS = string("documents");

  /** Input of the upload task: whether the whole request is checked before anything is sent. */
  public static final Variable<Boolean> WHOLE_REQUEST =
      new Variable<>("wholeRequest", Boolean.class);

  /** While a person is asked: what is wrong, in words. */
  public static final Variable<String> PROBLEM = string("problem");

  /**
   * The sealed state of the request, a {@link SigningState}: the only variable that workers trust.
   */
  public static final Variable<String> SIGNING_STATE = string("signingState");

  /** The signed evidence of what was signed, a file, in {@code signing-request}. */
  public static final String SIGNING_EVIDENCE = "signingEvidence";

  /** What the documents are that SignSpace has, for forms. */
  public static final Variable<UploadedDocument[]> UPLOADED_DOCUMENTS =
      new Variable<>("uploadedDocuments", UploadedDocument[].class);

  public static final Variable<String[]> FILE_IDS = strings("fileIds");

  /** Written by former versions only: since when it is in doubt whether the request was created. */
  public static final Variable<String> CREATION_STARTED_AT = string("creationStartedAt");

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

  /** The moment after which the request is overdue, whatever form {@code dueDate} was given in. */
  public static final Variable<String> DUE_AT = string("dueAt");

  /** Why SignSpace refused what a person wanted of it; the next check puts it before them. */
  public static final Variable<String> REFUSAL = string("refusal");

  /** The status that a person has decided to wait with. */
  public static final Variable<String> TOLERATED_STATUS = string("toleratedStatus");

  public static final Variable<String> LAST_CHECK_AT = string("lastCheckAt");
  public static final Variable<String> NEXT_CHECK_AT = string("nextCheckAt");

  public static final Variable<String[]> SIGNED_FILE_IDS = strings("signedFileIds");

  /** Input of the download task: what the File variables are called, before their number. */
  public static final Variable<String> SIGNED_DOCUMENT_NAME = string("signedDocumentName");

  /** What they are called otherwise: {@code signedDocument1} and so on. */
  public static final String SIGNED_DOCUMENT = "signedDocument";

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
