package fi.signspace.plugin.worker.document;

import static java.util.stream.Collectors.toMap;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SignedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.TaskDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The process variables that one download writes. In a process of an analyst, another request may
 * use the same names.
 */
final class SignedVariables {

  private final SigningTask task;
  private final EvidenceWriter evidence;
  private final SignedDocumentNames names;
  private final Set<String> before;
  private final List<String> earlier;

  /**
   * @param documents the number of signed documents
   * @throws IncidentException if another request uses the names that this one needs
   */
  SignedVariables(SigningTask task, EvidenceWriter evidence, SigningState state, int documents) {
    this.task = task;
    this.evidence = evidence;
    this.names = SignedDocumentNames.of(task);
    this.before = task.variableNames();
    this.earlier = earlier(state, documents);
  }

  SignedDocumentNames names() {
    return names;
  }

  /** The variables of an earlier download of this request or of its predecessors. */
  List<String> earlier() {
    return earlier;
  }

  private List<String> earlier(SigningState state, int documents) {
    if (task.isOfSigningRequest()) {
      return List.copyOf(before);
    }
    List<String> own =
        new ArrayList<>(state.signed().stream().map(SignedDocument::variableName).toList());
    for (TaskDocument file : task.allFiles()) {
      if (file.variableName().endsWith(SignedDocumentNames.EVIDENCE)) {
        EvidenceWriter.Claim claim = evidence.claimOf(task.open(file.variableName()));
        if (isOf(state, claim.requestId())) {
          own.addAll(claim.variables());
        } else {
          requireOtherNames(documents, file.variableName(), claim);
        }
      }
    }
    return own;
  }

  /** Those documents of an earlier run that are still where this one would write them. */
  List<SignedDocument> stillHeld(List<SignedDocument> documents) {
    if (documents.isEmpty()) {
      return documents; // nearly always, and the variables need not be read
    }
    Map<String, TaskDocument> stored = stored();
    return documents.stream()
        .filter(done -> names.isNumbered(done.variableName()))
        .filter(done -> holds(stored, done.variableName(), done.sha256()))
        .toList();
  }

  private static boolean isOf(SigningState state, String requestId) {
    return requestId.equals(state.requireRequest().id())
        || state.formerRequestIds().contains(requestId);
  }

  private void requireOtherNames(int documents, String variable, EvidenceWriter.Claim other) {
    boolean isTaken =
        variable.equals(names.evidence())
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
   * Writes a variable. Another download of the process may run at the same time under the same
   * name.
   *
   * @throws IncidentException if that one has written this variable meanwhile, or if it holds
   *     another document, sent or not
   */
  void save(SigningState state, String variable, Document document) {
    if (state.requireRequest().documents().stream()
        .anyMatch(sent -> sent.variableName().equals(variable))) {
      throw new IncidentException(
          "The variable %s holds a document that was sent, and the signed one would overwrite it. Give this step another signedDocumentName in the model, then retry"
              .formatted(variable));
    }
    if (holdsAnother(variable, document)) {
      throw new IncidentException(
          "The variable %s holds another document, and the signed one would overwrite it. Give this step another signedDocumentName in the model, then retry"
              .formatted(variable));
    }
    if (!task.isOfSigningRequest()
        && !before.contains(variable)
        && task.variableNames().contains(variable)) {
      throw new IncidentException(
          "Another step of this process has written the variable %s during this download, so nothing was overwritten. Give each request of the process a signedDocumentName of its own in the model, then retry"
              .formatted(variable));
    }
    task.saveFile(variable, document);
  }

  /** An interrupted download has left the same document there. */
  private boolean holdsAnother(String variable, Document document) {
    return before.contains(variable)
        && !earlier.contains(variable)
        && !variable.equals(names.evidence())
        && task.allFiles().stream()
            .filter(file -> file.variableName().equals(variable))
            .anyMatch(file -> !file.sha256().equals(Sha256.of(document.content())));
  }

  /**
   * Downloads that begin at the same time may all find a variable unused. Each writes its evidence
   * after its documents, so the one that is overwritten sees it here.
   *
   * @throws IncidentException if another download has overwritten a variable of this one
   */
  void requireKept(SigningState state, Document proof) {
    if (task.isOfSigningRequest() || !task.relatedSteps().mayDownloadConcurrently()) {
      return;
    }
    Map<String, TaskDocument> stored = stored();
    requireKept(stored, names.evidence(), Sha256.of(proof.content()));
    state.signed().forEach(done -> requireKept(stored, done.variableName(), done.sha256()));
  }

  private static void requireKept(
      Map<String, TaskDocument> stored, String variable, String sha256) {
    if (!holds(stored, variable, sha256)) {
      throw new IncidentException(
          "Another step of this process has overwritten the variable %s during this download. Give each request of the process a signedDocumentName of its own in the model, then retry"
              .formatted(variable));
    }
  }

  private Map<String, TaskDocument> stored() {
    return task.allFiles().stream().collect(toMap(TaskDocument::variableName, file -> file));
  }

  private static boolean holds(Map<String, TaskDocument> stored, String variable, String sha256) {
    TaskDocument file = stored.get(variable);
    return file != null && file.sha256().equals(sha256);
  }
}
