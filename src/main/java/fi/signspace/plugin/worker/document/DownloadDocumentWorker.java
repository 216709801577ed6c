package fi.signspace.plugin.worker.document;

import static java.util.stream.Collectors.toMap;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SignedDocument;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningPhase;
import fi.signspace.plugin.worker.execution.LockRenewal;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.request.RequestActions;
import fi.signspace.plugin.worker.state.DocumentCheckpoints;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.status.CheckStatusWorker;
import fi.signspace.plugin.worker.status.CheckStatusWorker.Check;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.TaskDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Downloads the signed documents one by one and writes their evidence. The status is checked again,
 * since a variable with the value "signed" proves nothing. Each document gets the name and number
 * of the document that was signed.
 */
public final class DownloadDocumentWorker implements TopicWorker {

  private final SignSpace signSpace;
  private final SealedStates states;
  private final RequestActions actions;
  private final CheckStatusWorker checks;
  private final EvidenceWriter evidence;
  private final LockRenewal lock;
  private final LargeDocumentLimiter large;

  public DownloadDocumentWorker(
      SignSpace signSpace,
      SealedStates states,
      RequestActions actions,
      CheckStatusWorker checks,
      EvidenceWriter evidence,
      LockRenewal lock,
      LargeDocumentLimiter large) {
    this.signSpace = signSpace;
    this.states = states;
    this.actions = actions;
    this.checks = checks;
    this.evidence = evidence;
    this.lock = lock;
    this.large = large;
  }

  @Override
  public Step step() {
    return Step.DOWNLOAD_DOCUMENT;
  }

  @Override
  public WorkloadType workloadType() {
    return WorkloadType.DOCUMENTS;
  }

  @Override
  public Outputs work(SigningTask task) {
    SigningState before = states.currentRequest(task);
    Optional<RequestState> reported = actions.readRequest(task, before);
    Check check = checks.check(task, before, reported.orElse(null));
    if (check.phase() != SigningPhase.SIGNED) {
      return notSigned(task, check);
    }
    Run run = new Run(task, check.state(), reported.orElseThrow().signedFileIds());
    List<String> earlier = earlier(task, run, check.state());
    try {
      run.downloadAll();
    } catch (UnsignedDocumentException e) {
      SigningState outdated = check.state().withOutdated(e.signedFileId());
      return notSigned(task, checks.check(task, outdated, reported.orElseThrow()));
    }
    Document proof = evidence.of(task, run.state, reported.orElseThrow());
    run.requireUnused(run.names.evidence());
    task.saveFile(run.names.evidence(), proof);
    run.requireKept(proof);
    run.names.beyond(run.state.signed().size(), earlier).forEach(task::remove);
    // keeps the problem of the previous check, such as a late decision
    return states.put(task, check.outputs().without(SigningVariables.PROBLEM), run.state);
  }

  /** The status may have changed since the check, or the variable may have been forged. */
  private static Outputs notSigned(SigningTask task, Check check) {
    if (task.followsPhase()) {
      return check.outputs();
    }
    throw new IncidentException(
        "The signing request %s is not signed according to SignSpace, so there is nothing to download. Retry when it is signed"
            .formatted(check.state().requireRequest().id()));
  }

  /**
   * The variables of an earlier download of this request or of its predecessors.
   *
   * @throws IncidentException if another request uses the names that this one needs
   */
  private List<String> earlier(SigningTask task, Run run, SigningState state) {
    if (task.isOfSigningRequest()) {
      return List.copyOf(run.variablesBefore);
    }
    List<String> own =
        new ArrayList<>(state.signed().stream().map(SignedDocument::variableName).toList());
    for (TaskDocument file : task.allFiles()) {
      if (file.variableName().endsWith(SignedDocumentNames.EVIDENCE)) {
        EvidenceWriter.Claim claim = evidence.claimOf(task.open(file.variableName()));
        if (isOf(state, claim.requestId())) {
          own.addAll(claim.variables());
        } else {
          requireOtherNames(run.names, run.signedFileIds.size(), file.variableName(), claim);
        }
      }
    }
    return own;
  }

  private static boolean isOf(SigningState state, String requestId) {
    return requestId.equals(state.requireRequest().id())
        || state.formerRequestIds().contains(requestId);
  }

  private static void requireOtherNames(
      SignedDocumentNames names, int documents, String evidence, EvidenceWriter.Claim other) {
    boolean isTaken =
        evidence.equals(names.evidence())
            || IntStream.rangeClosed(1, documents)
                .mapToObj(names::numbered)
                .anyMatch(other.variables()::contains);
    if (isTaken) {
      throw new IncidentException(
          "The variables %s… hold the signed documents of the signing request %s. Give each request of the process a signedDocumentName of its own, or each scope empty inputs %s… and %s"
              .formatted(
                  names.numbered(1), other.requestId(), names.numbered(1), names.evidence()));
    }
  }

  /**
   * One download of all documents of a request. Documents of an earlier run are kept if SignSpace
   * still lists them: a re-opened request has other signed files.
   */
  private final class Run {

    private final SigningTask task;
    private final List<String> signedFileIds;
    private final SignedDocumentNames names;
    private final DocumentMatcher matcher;
    private final DocumentMatcher replaced;
    private final DocumentCheckpoints checkpoints = new DocumentCheckpoints();
    private final Set<String> variablesBefore;
    private SigningState state;

    Run(SigningTask task, SigningState state, List<String> signedFileIds) {
      this.task = task;
      this.state =
          state.withSigned(
              state.signed().stream()
                  .filter(done -> signedFileIds.contains(done.signedFileId()))
                  .toList());
      this.signedFileIds = signedFileIds;
      this.names = SignedDocumentNames.of(task);
      this.variablesBefore = task.variableNames();
      List<String> matched =
          this.state.signed().stream()
              .flatMap(done -> Optional.ofNullable(done.fileId()).stream())
              .toList();
      this.matcher =
          new DocumentMatcher(
              sent().stream().filter(sent -> !matched.contains(sent.fileId())).toList());
      this.replaced =
          new DocumentMatcher(
              state.requireRequest().replaced().stream()
                  .map(SigningState.ReplacedDocument::document)
                  .toList());
    }

    private List<SentDocument> sent() {
      return state.requireRequest().documents();
    }

    /** Matched files get the number of their document, the others the remaining numbers. */
    void downloadAll() {
      List<String> unmatched = new ArrayList<>();
      for (String fileId : missing()) {
        if (!download(fileId, signedFileIds.size() == 1)) {
          unmatched.add(fileId);
        }
      }
      unmatched.forEach(fileId -> download(fileId, true));
    }

    private List<String> missing() {
      List<String> there = state.signed().stream().map(SignedDocument::signedFileId).toList();
      return signedFileIds.stream().filter(fileId -> !there.contains(fileId)).toList();
    }

    private boolean download(String fileId, boolean acceptsUnmatched) {
      return lock.during(
          task, () -> large.withPermit(size(), () -> fetch(fileId, acceptsUnmatched)));
    }

    private long size() {
      return sent().stream().mapToLong(SentDocument::size).max().orElse(Long.MAX_VALUE);
    }

    private boolean fetch(String fileId, boolean acceptsUnmatched) {
      Document signed = signSpace.downloadDocument(fileId);
      if (isAsSent(fileId, signed.content()) || isOutdated(signed.content())) {
        throw new UnsignedDocumentException(fileId);
      }
      Optional<SentDocument> match = matcher.match(signed);
      if (match.isEmpty() && !acceptsUnmatched) {
        return false;
      }
      save(fileId, signed, match.orElse(null));
      return true;
    }

    /** Whether this is the uploaded file, without a signature. */
    private boolean isAsSent(String fileId, byte[] content) {
      return sent().stream()
          .filter(sent -> sent.fileId().equals(fileId))
          .anyMatch(sent -> sent.sha256().equals(Sha256.of(content)));
    }

    /**
     * Compares the content and not the name: a document is often replaced by one with the same
     * name, or by an earlier revision of itself.
     */
    private boolean isOutdated(byte[] content) {
      // nearly always there is none, and the current documents need not be hashed for it
      return replaced
          .beginningOf(content, "")
          .filter(former -> former.size() > currentBeginning(content))
          .isPresent();
    }

    private long currentBeginning(byte[] content) {
      return matcher.beginningOf(content, "").map(SentDocument::size).orElse(0L);
    }

    private void save(String fileId, Document signed, @Nullable SentDocument match) {
      int number = match == null ? names.firstFree(state.signed()) : sent().indexOf(match) + 1;
      String name = match == null ? named(signed, number) : match.fileName();
      Document document =
          new Document(name, signed.mimeType(), signed.content()).withTypeOfContent();
      requireUnused(names.numbered(number));
      task.saveFile(names.numbered(number), document);
      SignedDocument done =
          new SignedDocument(
              names.numbered(number),
              document.name(),
              document.mimeType(),
              document.content().length,
              Sha256.of(document.content()),
              fileId,
              match == null ? null : match.fileId());
      state = state.withSigned(names.inOrder(state.signed(), done));
      checkpoints.done(document.content().length);
      if (!missing().isEmpty() && checkpoints.isDue()) {
        states.save(task, state);
      }
    }

    /**
     * Another download of the process may run at the same time under the same name.
     *
     * @throws IncidentException if it has written this variable
     */
    void requireUnused(String variable) {
      if (!task.isOfSigningRequest()
          && !variablesBefore.contains(variable)
          && task.variableNames().contains(variable)) {
        throw new IncidentException(
            "Another step of this process has written the variable %s during this download, so nothing was overwritten. Give each request of the process a signedDocumentName of its own in the model, then retry"
                .formatted(variable));
      }
    }

    /**
     * Downloads that begin at the same time may all find a variable unused. Each writes its
     * evidence after its documents, so the one that is overwritten sees it here.
     *
     * @throws IncidentException if another download has overwritten a variable of this one
     */
    void requireKept(Document proof) {
      if (task.isOfSigningRequest() || !task.mayHaveConcurrentDownloads()) {
        return;
      }
      Map<String, TaskDocument> stored =
          task.allFiles().stream().collect(toMap(TaskDocument::variableName, file -> file));
      requireKept(stored, names.evidence(), Sha256.of(proof.content()));
      state.signed().forEach(done -> requireKept(stored, done.variableName(), done.sha256()));
    }

    private static void requireKept(
        Map<String, TaskDocument> stored, String variable, String sha256) {
      TaskDocument file = stored.get(variable);
      if (file == null || !file.sha256().equals(sha256)) {
        throw new IncidentException(
            "Another step of this process has overwritten the variable %s during this download. Give each request of the process a signedDocumentName of its own in the model, then retry"
                .formatted(variable));
      }
    }

    private static String named(Document signed, int number) {
      return signed.name().isBlank() ? "signed-document-" + number : signed.name();
    }
  }

  /** A file that SignSpace lists as signed, but that is an unsigned or a replaced document. */
  private static final class UnsignedDocumentException extends RuntimeException {

    private final String signedFileId;

    UnsignedDocumentException(String signedFileId) {
      super("The file " + signedFileId + " is not a signed document of the request");
      this.signedFileId = signedFileId;
    }

    String signedFileId() {
      return signedFileId;
    }
  }
}
