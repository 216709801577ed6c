package fi.signspace.plugin.process;

import java.util.Map;
import java.util.Set;

/**
 * The names of the process {@code signing-request} that models, workers, forms and callers share.
 */
public final class SigningProcess {

  public static final String KEY = "signing-request";

  /** The process that notifies a webhook that a request has ended. */
  public static final String WEBHOOK_KEY = "signing-webhook";

  /** The process that sends the mails about one event. */
  public static final String MAIL_KEY = "signing-mail";

  /** The BPMN error of input that a person can correct. */
  public static final String REQUEST_REJECTED = "signspace.requestRejected";

  /** The topic of {@link #WEBHOOK_KEY}; engine nodes serve it themselves. */
  public static final String TELL_WEBHOOK_TOPIC = "signspace.tellWebhook";

  /** The topics of {@link #MAIL_KEY}; engine nodes serve them themselves. */
  public static final String ADDRESS_MAIL_TOPIC = "signspace.addressMail";

  public static final String SEND_MAIL_TOPIC = "signspace.sendMail";

  /** The topics of messages about events, which engine nodes serve themselves. */
  public static final Set<String> DELIVERY_TOPICS =
      Set.of(TELL_WEBHOOK_TOPIC, ADDRESS_MAIL_TOPIC, SEND_MAIL_TOPIC);

  /** The variable in which a user task returns the choice of a person. */
  public static final String DECISION = "decision";

  /** The decision to correct a request and send it again. */
  public static final String SEND_AGAIN = "sendAgain";

  /** The user task in which the whole request is corrected. */
  public static final String CORRECTION = "userTask_correctRequest";

  /** The user task of a request that is cancelled in SignSpace. */
  public static final String DECIDE_CANCELLED = "userTask_decideCancelled";

  /** The gateway at which a process instance waits for the next check or for a message. */
  public static final String WAITING_GATEWAY = "gateway_wait";

  /** The step that validates the request and uploads its documents. */
  public static final String UPLOAD = "serviceTask_uploadDocuments";

  /** The step that creates the signing request. */
  public static final String CREATION = "serviceTask_createSigningRequest";

  /** The step that finds out whether the request that is sent again is cancelled. */
  public static final String FORMER_CHECK = "serviceTask_checkFormerRequest";

  /** The step that downloads the signed documents and writes their evidence. */
  public static final String DOWNLOAD = "serviceTask_downloadDocuments";

  /** The activity that replaces the documents of the request. */
  public static final String REPLACEMENT = "serviceTask_replaceDocuments";

  /**
   * The steps of {@code signing-request} whose earlier runs are looked up in the engine's history,
   * by topic.
   */
  public static final Map<String, String> RECORDED_STEPS =
      Map.of(
          Topic.UPLOAD_DOCUMENT, UPLOAD,
          Topic.CREATE_SIGNING_REQUEST, CREATION,
          Topic.REPLACE_DOCUMENTS, REPLACEMENT);

  /** The end of following a request that is escalated; it is then followed again. */
  public static final String ESCALATION = "endEvent_escalated";

  /** Extension property of a step: the name of its request in a process with several requests. */
  public static final String REQUEST_NAME_PROPERTY = "signspace.requestName";

  /**
   * Extension property of a download: the model checks the phase afterwards, so a request that is
   * no longer signed is not an incident.
   */
  public static final String FOLLOWS_PHASE_PROPERTY = "signspace.followsPhase";

  /**
   * Extension property of an upload: it validates the whole request first, like the input {@code
   * wholeRequest}, but without writing a variable.
   */
  public static final String WHOLE_REQUEST_PROPERTY = "signspace.wholeRequest";

  /**
   * Extension property of a check: the model acts on the notice that the check has found due, such
   * as a reminder.
   */
  public static final String GIVES_NOTICES_PROPERTY = "signspace.givesNotices";

  /**
   * Extension property of an activity: the type of event that its end is in the timeline of a
   * request, such as {@code reminded}.
   */
  public static final String EVENT_PROPERTY = "signspace.event";

  /** The external-task topics, one per operation of SignSpace. */
  public static final class Topic {
    public static final String UPLOAD_DOCUMENT = "signspace.uploadDocument";
    public static final String CREATE_SIGNING_REQUEST = "signspace.createSigningRequest";
    public static final String CHECK_STATUS = "signspace.checkStatus";
    public static final String DOWNLOAD_DOCUMENT = "signspace.downloadDocument";
    public static final String CANCEL_SIGNING_REQUEST = "signspace.cancelSigningRequest";
    public static final String REOPEN_SIGNING_REQUEST = "signspace.reopenSigningRequest";
    public static final String REPLACE_DOCUMENTS = "signspace.replaceDocuments";

    private Topic() {}
  }

  /** The messages, correlated by business key or process instance id. */
  public static final class Message {
    public static final String CHECK_STATUS = "checkStatus";
    public static final String CANCEL_SIGNING = "cancelSigning";
    public static final String REOPEN_SIGNING = "reopenSigning";
    public static final String REPLACE_DOCUMENTS = "replaceDocuments";

    private Message() {}
  }

  private SigningProcess() {}
}
