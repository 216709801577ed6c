package fi.signspace.plugin.worker.document;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.UploadedDocument;
import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.execution.LockRenewal;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.request.RequestActions;
import fi.signspace.plugin.worker.request.RequestInput;
import fi.signspace.plugin.worker.state.ConcurrentSteps;
import fi.signspace.plugin.worker.state.DocumentCheckpoints;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.TaskDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Uploads every document that SignSpace does not have yet, one after the other. The progress is
 * saved, so that a retry continues near the point of failure. Nothing is uploaded before everything
 * has been validated.
 */
public final class UploadDocumentWorker implements TopicWorker {

  private final SignSpace signSpace;
  private final SealedStates states;
  private final ConcurrentSteps concurrent;
  private final RequestInput input;
  private final RequestActions actions;
  private final LockRenewal lock;
  private final LargeDocumentLimiter large;

  public UploadDocumentWorker(
      SignSpace signSpace,
      SealedStates states,
      ConcurrentSteps concurrent,
      RequestInput input,
      RequestActions actions,
      LockRenewal lock,
      LargeDocumentLimiter large) {
    this.signSpace = signSpace;
    this.states = states;
    this.concurrent = concurrent;
    this.input = input;
    this.actions = actions;
    this.lock = lock;
    this.large = large;
  }

  @Override
  public Step step() {
    return Step.UPLOAD_DOCUMENT;
  }

  /** All variables, since the documents are selected by name. */
  @Override
  public Set<String> fetchedVariables() {
    return Set.of();
  }

  @Override
  public WorkloadType workloadType() {
    return WorkloadType.DOCUMENTS;
  }

  @Override
  public Outputs work(SigningTask task) {
    SigningState state = states.ownOrNew(task);
    concurrent.requireNoOtherPending(task, state);
    concurrent.requireNoOtherUpload(task);
    correctRequestId(task, state);
    List<TaskDocument> documents = DocumentSelector.of(task);
    lock.during(
        task,
        () -> {
          check(task, state, documents);
          requireSameInDoubt(state, documents);
          return state;
        });
    SigningState uploaded = upload(task, state, documents);
    if (!task.isOfSigningRequest()) {
      // a concurrent upload may have been faster
      states.current(task).ifPresent(current -> concurrent.requireNoOtherPending(task, current));
    }
    return states
        .put(task, new Outputs(), uploaded)
        .put(SigningVariables.FILE_IDS, uploaded.pendingFileIds().toArray(String[]::new))
        .put(SigningVariables.UPLOADED_DOCUMENTS, forForms(uploaded.pending()))
        .put(SigningVariables.PROBLEM, "");
  }

  /** A request that may have been created can only be found by its documents. */
  private static void requireSameInDoubt(SigningState state, List<TaskDocument> documents) {
    Creation inDoubt = state.creation();
    if (inDoubt == null) {
      return;
    }
    List<String> before = state.pending().stream().map(SentDocument::sha256).toList();
    if (!before.equals(documents.stream().map(TaskDocument::sha256).toList())) {
      throw new IncidentException(
          """
          It is unknown whether a signing request with the former documents (%s) was created at %s, so they cannot be replaced yet. Restore \
          them and retry; when the request exists, replace its documents.\
          """
              .formatted(
                  String.join(", ", state.pending().stream().map(SentDocument::fileName).toList()),
                  inDoubt.startedAt()));
    }
  }

  /** Corrects an id that was inherited or forged. */
  private static void correctRequestId(SigningTask task, SigningState state) {
    String id = state.request() == null ? null : state.request().id();
    Optional<String> claimed = task.claimedRequestId();
    if (task.isOfSigningRequest() && !claimed.equals(Optional.ofNullable(id))) {
      task.putWithReport(SigningVariables.SIGNING_REQUEST_ID, id);
    }
  }

  private void check(SigningTask task, SigningState state, List<TaskDocument> documents) {
    List<DocumentMetadata> metadata = documents.stream().map(TaskDocument::metadata).toList();
    if (isSendingAgain(task, state)) {
      input.checkAgain(task, metadata, state.requireRequest().creation());
    } else if (state.request() == null && task.checksWholeRequest()) {
      input.check(task, metadata);
    } else {
      input.checkUpload(task, metadata);
    }
  }

  /**
   * Whether another request is wanted instead of the existing one. A forged variable has the whole
   * request validated and its documents uploaded once more, and nothing else.
   */
  private static boolean isSendingAgain(SigningTask task, SigningState state) {
    return task.isOfSigningRequest()
        && state.request() != null
        && task.get(SigningVariables.SENDING_AGAIN).orElse(false);
  }

  /** While a creation is in doubt, its request can only be found by the files that it was sent. */
  private SigningState upload(SigningTask task, SigningState before, List<TaskDocument> documents) {
    if (before.creation() != null) {
      return before.withPending(before.pending(), task.activityInstanceId(), task.activityId());
    }
    List<SentDocument> reusable = reusable(task, before);
    List<SentDocument> uploaded = new ArrayList<>();
    DocumentCheckpoints checkpoints = new DocumentCheckpoints();
    for (TaskDocument document : documents) {
      int importance = documents.size() - uploaded.size();
      SentDocument sent = uploadUnlessThere(task, before, document, importance, reusable);
      requireOwnFile(sent, Stream.concat(uploaded.stream(), before.known()));
      uploaded.add(sent);
      checkpoints.done(document.size());
      if (uploaded.size() < documents.size() && checkpoints.isDue()) {
        states.save(
            task,
            before.withUploading(
                with(uploaded, reusable), task.activityInstanceId(), task.activityId()));
      }
    }
    return before.withPending(uploaded, task.activityInstanceId(), task.activityId());
  }

  /** SignSpace or a proxy may confuse responses. */
  private static void requireOwnFile(SentDocument document, Stream<SentDocument> others) {
    others
        .filter(other -> other.fileId().equals(document.fileId()))
        .filter(other -> !other.sha256().equals(document.sha256()))
        .findFirst()
        .ifPresent(
            other -> {
              throw SignSpaceException.unreadableResponse(
                  "Uploading %s failed: the response has the id of the file of %s. A retry may succeed."
                      .formatted(document.variableName(), other.variableName()),
                  null);
            });
  }

  private SentDocument uploadUnlessThere(
      SigningTask task,
      SigningState state,
      TaskDocument document,
      int importance,
      List<SentDocument> reusable) {
    Optional<SentDocument> there =
        reusable.stream().filter(sent -> sent.equals(document.sentAs(sent.fileId()))).findFirst();
    return there.orElseGet(
        () ->
            lock.during(
                task,
                () ->
                    large.withPermit(
                        document.size(), () -> upload(task, state, document, importance))));
  }

  private SentDocument upload(
      SigningTask task, SigningState state, TaskDocument document, int importance) {
    String handle = actions.actingHandle(task, state);
    return document.sentAs(signSpace.uploadDocument(handle, document.load(), importance));
  }

  /**
   * The documents already uploaded for this request. Other processes than {@code signing-request}
   * may create several requests in sequence, and no file may belong to two of them: there, only
   * uploads of the same run are reused.
   */
  private static List<SentDocument> reusable(SigningTask task, SigningState state) {
    if (!task.isOfSigningRequest()) {
      return task.activityInstanceId().equals(state.uploadedBy()) ? state.pending() : List.of();
    }
    if (isSendingAgain(task, state)) {
      // an interrupted replacement may have made them part of it
      return state.replacementInDoubt() == null ? state.unsentPending() : List.of();
    }
    List<SentDocument> sent = state.request() == null ? List.of() : state.request().documents();
    return with(state.pending(), sent);
  }

  private static List<SentDocument> with(List<SentDocument> first, List<SentDocument> others) {
    return Stream.concat(first.stream(), others.stream()).distinct().toList();
  }

  private static UploadedDocument[] forForms(List<SentDocument> documents) {
    return documents.stream()
        .map(sent -> new UploadedDocument(sent.variableName(), sent.fileName(), sent.size()))
        .toArray(UploadedDocument[]::new);
  }
}
