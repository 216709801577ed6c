package fi.signspace.plugin.worker.document;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SignedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.text.FileType;
import fi.signspace.plugin.worker.execution.LockRenewal;
import fi.signspace.plugin.worker.state.DocumentCheckpoints;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One download of all documents of a request. Matched documents of an earlier run are kept if
 * SignSpace still lists them: a re-opened request has other signed files. Each document gets the
 * name and number of the document that was signed.
 */
final class DocumentDownload {

  private final SignSpace signSpace;
  private final SealedStates states;
  private final LockRenewal lock;
  private final LargeDocumentLimiter large;
  private final SigningTask task;
  private final SignedVariables variables;
  private final List<String> signedFileIds;
  private final DocumentMatcher matcher;
  private final DocumentMatcher replaced;
  private final Set<String> copies = new HashSet<>();
  private final DocumentCheckpoints checkpoints = new DocumentCheckpoints();
  private boolean areNamesKept;
  private SigningState state;

  DocumentDownload(
      SignSpace signSpace,
      SealedStates states,
      LockRenewal lock,
      LargeDocumentLimiter large,
      SigningTask task,
      SignedVariables variables,
      SigningState state,
      List<String> signedFileIds) {
    this.signSpace = signSpace;
    this.states = states;
    this.lock = lock;
    this.large = large;
    this.task = task;
    this.variables = variables;
    this.state =
        state.withSigned(
            state.signed().stream()
                .filter(
                    done -> done.fileId() != null && signedFileIds.contains(done.signedFileId()))
                .toList());
    this.signedFileIds = signedFileIds;
    List<String> matched =
        this.state.signed().stream()
            .flatMap(done -> Optional.ofNullable(done.fileId()).stream())
            .toList();
    this.matcher =
        new DocumentMatcher(
            sent(), sent().stream().filter(sent -> !matched.contains(sent.fileId())).toList());
    this.replaced =
        new DocumentMatcher(
            state.requireRequest().replaced().stream()
                .map(SigningState.ReplacedDocument::document)
                .toList());
  }

  /** With the documents that have been downloaded. */
  SigningState state() {
    return state;
  }

  private List<SentDocument> sent() {
    return state.requireRequest().documents();
  }

  /**
   * Matched files get the number of their document, the others the remaining numbers.
   *
   * @throws RejectedFileException if SignSpace lists a file that cannot be a signed document
   */
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
    return lock.during(task, () -> large.withPermit(size(), () -> fetch(fileId, acceptsUnmatched)));
  }

  private long size() {
    return sent().stream().mapToLong(SentDocument::size).max().orElse(Long.MAX_VALUE);
  }

  private boolean fetch(String fileId, boolean acceptsUnmatched) {
    Document signed = signSpace.downloadDocument(fileId);
    if (isAsSent(fileId, signed.content()) || isOutdated(signed)) {
      throw RejectedFileException.unsigned(fileId);
    }
    Optional<SentDocument> match = matcher.match(signed);
    requireNoError(fileId, signed.content(), match.map(List::of).orElse(sent()));
    if (match.isEmpty() && matcher.isCopy(signed)) {
      addCopy(fileId);
    }
    areNamesKept =
        areNamesKept
            || match.filter(sent -> DocumentMatcher.isNamed(sent, signed.name())).isPresent();
    if (match.isEmpty() && !acceptsUnmatched) {
      return false;
    }
    if (match.isEmpty() && areNamesKept && matcher.isOther(signed.name())) {
      throw RejectedFileException.other(fileId);
    }
    save(fileId, signed, match.orElse(null));
    return true;
  }

  /**
   * A further signed version of one document is not that of another one.
   *
   * @throws RejectedFileException if too few files remain for the other documents
   */
  private void addCopy(String fileId) {
    copies.add(fileId);
    if (signedFileIds.size() - copies.size() < sent().size()) {
      throw RejectedFileException.unsigned(fileId);
    }
  }

  /** An error can be any text, with status 200. A signed text is not shorter than before. */
  private void requireNoError(String fileId, byte[] content, List<SentDocument> possible) {
    if (FileType.of(content) == FileType.TEXT
        && possible.stream().noneMatch(sent -> isText(sent) && sent.size() <= content.length)
        && matcher.beginningOf(content, "").isEmpty()) {
      throw SignSpaceException.unreadableResponse(
          "Downloading file %s failed: the response is a text, but no such text was sent. A retry may succeed."
              .formatted(fileId),
          null);
    }
  }

  private static boolean isText(SentDocument document) {
    FileType claimed = FileType.claimedBy(document.fileName()).orElse(FileType.TEXT);
    return claimed == FileType.TEXT || claimed == FileType.HTML;
  }

  private static boolean isPdf(SentDocument document) {
    return FileType.claimedBy(document.fileName()).filter(FileType.PDF::equals).isPresent();
  }

  /**
   * Whether this is the uploaded file, without a signature. A signed PDF differs from it, whatever
   * its id is; another file may be signed apart from its content.
   */
  private boolean isAsSent(String fileId, byte[] content) {
    boolean isPdf = DocumentMatcher.isPdf(content, content.length); // its name may not say so
    return sent().stream()
        .filter(sent -> sent.fileId().equals(fileId) || isPdf || isPdf(sent))
        .filter(sent -> isUnchangedAfter(content, sent.size())) // seldom, so few are hashed
        .anyMatch(sent -> sent.sha256().equals(Sha256.of(content, sent.size())));
  }

  /** Blanks at the end do not make another document. */
  private static boolean isUnchangedAfter(byte[] content, long length) {
    int end = content.length;
    while (end > length && content[end - 1] >= 0 && content[end - 1] <= ' ') {
      end--;
    }
    return end == length;
  }

  /**
   * Compares the content first: a document is often replaced by one with the same name, or by an
   * earlier revision of itself. The name is used only if the content begins with none of them.
   */
  private boolean isOutdated(Document signed) {
    if (state.requireRequest().replaced().isEmpty()) {
      return false; // nearly always, and the current documents need not be hashed
    }
    long current = currentBeginning(signed.content());
    return replaced
            .beginningOf(signed.content(), "")
            .filter(former -> former.size() > current)
            .isPresent()
        || (current == 0
            && replaced.hasName(signed.name())
            && !new DocumentMatcher(sent()).hasName(signed.name()));
  }

  private long currentBeginning(byte[] content) {
    return matcher.beginningOf(content, "").map(SentDocument::size).orElse(0L);
  }

  private void save(String fileId, Document signed, @Nullable SentDocument match) {
    SignedDocumentNames names = variables.names();
    int number = match == null ? names.firstFree(state.signed()) : sent().indexOf(match) + 1;
    String name = match == null ? named(signed, number) : match.fileName();
    Document document = new Document(name, signed.mimeType(), signed.content()).withTypeOfContent();
    variables.save(state, names.numbered(number), document);
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

  private static String named(Document signed, int number) {
    return signed.name().isBlank() ? "signed-document-" + number : signed.name();
  }

  /** A file that SignSpace lists as signed, but that is no signed document. */
  static final class RejectedFileException extends RuntimeException {

    private final transient UnaryOperator<SigningState> record;

    private RejectedFileException(UnaryOperator<SigningState> record) {
      this.record = record;
    }

    /** An unsigned document, a replaced one, or a second version of one. */
    static RejectedFileException unsigned(String fileId) {
      return new RejectedFileException(state -> state.withOutdated(fileId));
    }

    /** A file such as a separate signing page, while a document is missing. */
    static RejectedFileException other(String fileId) {
      return new RejectedFileException(state -> state.withOtherFile(fileId));
    }

    SigningState recordedIn(SigningState state) {
      return record.apply(state);
    }
  }
}
