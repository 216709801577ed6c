package fi.signspace.plugin.process;

/**
 * The words of the process {@code signing-request} that models, workers, forms and callers share.
 */
public final class SigningProcess {

  public static final String KEY = "signing-request";

  /** The process that tells a webhook's receiver that a request has ended. */
  public static final String WEBHOOK_KEY = "signing-webhook";

  /** The BPMN error of input that a person can correct. */
  public static final String REQUEST_REJECTED = "signspace.requestRejected";

  /** The topic of {@link #WEBHOOK_KEY}; engine nodes serve it themselves. */
  public static final String TELL_WEBHOOK_TOPIC = "signspace.tellWebhook";

  /** Where a process instance is while it waits for the next check, or for the message to check. */
  public static final String WAITING_FOR_NEWS = "gateway_wait";

  /** The step that creates the signing request. */
  public static final String CREATION = "serviceTask_createSigningRequest";

  /** The step that downloads the signed documents and writes the evidence of them. */
  public static final String DOWNLOAD = "serviceTask_downloadDocuments";

  /** The activity that replaces the documents of the request. */
  public static final String REPLACEMENT = "serviceTask_replaceDocuments";

  /** Extension property of a step: which request it is about, where a process makes several. */
  public static final String REQUEST_NAME_PROPERTY = "signspace.requestName";

  /**
   * Extension property of a download: the model looks at the phase afterwards, so that a request
   * that is not signed any more is no incident.
   */
  public static final String FOLLOWS_PHASE_PROPERTY = "signspace.followsPhase";

  /**
   * Extension property of an upload: it checks the whole request first, as with the input {@code
   * wholeRequest}, which costs rows.
   */
  public static final String WHOLE_REQUEST_PROPERTY = "signspace.wholeRequest";

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
