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
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One download of all documents of a request. Matched documents of an earlier run are kept if
 * SignSpace still lists them: a re-opened request has other signed files. Each document gets the
 * name and number of the document that was signed.
 */
final class DocumentDownload {

  private final SignSpace signSpace;
  private final LockRenewal lock;
  private final LargeDocumentLimiter large;
  private final SigningTask task;
  private final Target target;
  private final List<String> signedFileIds;
  private final DocumentMatcher replaced;
  private final DocumentCheckpoints checkpoints = new DocumentCheckpoints();
  private SigningState state;
  private DocumentMatcher matcher;

  /** Whether a downloaded file has the name of its document. */
  private boolean areNamesKept;

  /** Whether a downloaded PDF begins with its document. */
  private boolean areSignaturesAppended;

  /** Where signed documents are saved. */
  interface Target {

    SignedDocumentNames names();

    void save(SigningState state, String variable, Document document);

    /** Saves what has been downloaded so far. */
    void saveState(SigningState state);
  }

  DocumentDownload(
      SignSpace signSpace,
      LockRenewal lock,
      LargeDocumentLimiter large,
      SigningTask task,
      Target target,
      SigningState state,
      List<String> signedFileIds) {
    this.signSpace = signSpace;
    this.lock = lock;
    this.large = large;
    this.task = task;
    this.target = target;
    this.signedFileIds = signedFileIds;
    this.state = state;
    this.matcher =
        matcherAfter(
            state.signed().stream()
                .filter(
                    done -> done.fileId() != null && signedFileIds.contains(done.signedFileId()))
                .toList());
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

  /** Begins with the matched documents of an earlier run. */
  private DocumentMatcher matcherAfter(List<SignedDocument> earlier) {
    state = state.withSigned(earlier);
    List<String> matched =
        earlier.stream().flatMap(done -> Optional.ofNullable(done.fileId()).stream()).toList();
    return new DocumentMatcher(
        sent(), sent().stream().filter(sent -> !matched.contains(sent.fileId())).toList());
  }

  /** A file that belongs to no document for certain. */
  private record Unmatched(
      String fileId, String name, boolean isPdf, boolean isForeignText, boolean isCopy) {}

  /**
   * Matched files get the number of their document, the others the remaining numbers.
   *
   * @throws RejectedFileException if SignSpace lists a file that cannot be a signed document, or
   *     only such files for a document
   */
  void downloadAll() {
    boolean isContinued = !state.signed().isEmpty();
    List<Unmatched> unmatched = downloadMatched();
    if (isContinued && !unmatched.isEmpty() && !matcher.open().isEmpty()) {
      // only downloaded files show how SignSpace names and signs them
      matcher = matcherAfter(List.of());
      unmatched = downloadMatched();
    }
    Map<Boolean, List<Unmatched>> files =
        unmatched.stream().collect(Collectors.partitioningBy(this::mayBeDocument));
    if (files.get(true).size() < matcher.open().size()) {
      throw RejectedFileException.noDocuments(files.get(false));
    }
    Stream.of(true, false).flatMap(may -> files.get(may).stream()).forEach(this::downloadUnmatched);
  }

  private List<Unmatched> downloadMatched() {
    List<Unmatched> unmatched = new ArrayList<>();
    for (String fileId : missing()) {
      download(fileId, signed -> saveMatched(fileId, signed)).ifPresent(unmatched::add);
    }
    return unmatched;
  }

  /** Empty if the file was saved. */
  private Optional<Unmatched> saveMatched(String fileId, Document signed) {
    Optional<SentDocument> match = matcher.match(signed);
    if (isForeignText(signed, match.map(List::of).orElse(sent()))
        && (match.isPresent() || signed.name().isBlank() || signedFileIds.size() == 1)) {
      throw SignSpaceException.unreadableResponse(
          "Downloading file %s failed: the response is a text, but no such text was sent. A retry may succeed."
              .formatted(fileId),
          null);
    }
    areNamesKept |= match.filter(sent -> DocumentMatcher.isNamed(sent, signed.name())).isPresent();
    areSignaturesAppended |= isPdf(signed) && matcher.isBegunBy(signed);
    if (match.isPresent() || signedFileIds.size() == 1) {
      save(fileId, signed, match.orElse(null));
      return Optional.empty();
    }
    return Optional.of(unmatched(fileId, signed));
  }

  private Unmatched unmatched(String fileId, Document signed) {
    return new Unmatched(
        fileId,
        signed.name(),
        isPdf(signed),
        isForeignText(signed, sent()),
        matcher.isCopy(signed));
  }

  /**
   * Neither a further signed version of one document nor a signing page is another document. The
   * latter is recognized if SignSpace keeps the names of documents, or appends signatures to them.
   */
  private boolean mayBeDocument(Unmatched file) {
    boolean isOtherPdf =
        areSignaturesAppended
            && file.isPdf()
            && matcher.open().stream().allMatch(DocumentDownload::isPdf);
    boolean isRecognized = matcher.hasNameLike(file.name());
    boolean isCopy =
        file.isCopy() || (!areSignaturesAppended && matcher.hasNameOfMatched(file.name()));
    return !isCopy && !file.isForeignText() && (isRecognized || !(areNamesKept || isOtherPdf));
  }

  /** Downloads a file again instead of keeping all in memory. */
  private void downloadUnmatched(Unmatched file) {
    download(
        file.fileId(),
        signed -> {
          if (!unmatched(file.fileId(), signed).equals(file)) {
            throw SignSpaceException.unreadableResponse(
                "Downloading file %s failed: SignSpace responds with another file than before. A retry may succeed."
                    .formatted(file.fileId()),
                null);
          }
          save(file.fileId(), signed, matcher.match(signed).orElse(null));
          return file;
        });
  }

  private List<String> missing() {
    List<String> there = state.signed().stream().map(SignedDocument::signedFileId).toList();
    return signedFileIds.stream().filter(fileId -> !there.contains(fileId)).toList();
  }

  private <T> T download(String fileId, Function<Document, T> use) {
    return lock.during(task, () -> large.withPermit(size(), () -> use.apply(fetch(fileId))));
  }

  private long size() {
    return sent().stream().mapToLong(SentDocument::size).max().orElse(Long.MAX_VALUE);
  }

  private Document fetch(String fileId) {
    Document signed = signSpace.downloadDocument(fileId);
    if (isAsSent(fileId, signed.content()) || isOutdated(signed)) {
      throw RejectedFileException.unsigned(fileId);
    }
    return signed;
  }

  /**
   * Whether a text is the signed version of no document: it may be an error, with status 200. A
   * signed text is not shorter than before, and has its name or begins with it.
   */
  private boolean isForeignText(Document signed, List<SentDocument> possible) {
    return FileType.of(signed.content()) == FileType.TEXT
        && possible.stream().noneMatch(sent -> isSignedText(sent, signed))
        && matcher.beginningOf(signed.content(), "").isEmpty();
  }

  private static boolean isSignedText(SentDocument sent, Document signed) {
    byte[] content = signed.content();
    return isText(sent)
        && sent.size() <= content.length
        && (DocumentMatcher.isNamed(sent, signed.name())
            || Sha256.of(content, sent.size()).equals(sent.sha256()));
  }

  private static boolean isText(SentDocument document) {
    FileType claimed = FileType.claimedBy(document.fileName()).orElse(FileType.TEXT);
    return claimed == FileType.TEXT || claimed == FileType.HTML;
  }

  private static boolean isPdf(Document signed) {
    return FileType.of(signed.content()) == FileType.PDF;
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
    SignedDocumentNames names = target.names();
    int number = match == null ? names.firstFree(state.signed()) : sent().indexOf(match) + 1;
    String name = match == null ? named(signed, number) : match.fileName();
    Document document = new Document(name, signed.mimeType(), signed.content()).withTypeOfContent();
    target.save(state, names.numbered(number), document);
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
      target.saveState(state);
    }
  }

  private static String named(Document signed, int number) {
    return signed.name().isBlank() ? "signed-document-" + number : signed.name();
  }

  /** SignSpace lists files as signed that are no signed documents, instead of documents. */
  static final class RejectedFileException extends RuntimeException {

    private final transient UnaryOperator<SigningState> record;

    private RejectedFileException(UnaryOperator<SigningState> record) {
      this.record = record;
    }

    /** An unsigned document, or a replaced one. */
    private static RejectedFileException unsigned(String fileId) {
      return new RejectedFileException(state -> state.withOutdated(List.of(fileId)));
    }

    /** Further versions of documents, or files such as separate signing pages. */
    private static RejectedFileException noDocuments(List<Unmatched> files) {
      List<String> copies =
          files.stream().filter(Unmatched::isCopy).map(Unmatched::fileId).toList();
      List<String> others = files.stream().map(Unmatched::fileId).toList();
      return new RejectedFileException(
          state -> copies.isEmpty() ? state.withOtherFiles(others) : state.withOutdated(copies));
    }

    SigningState recordedIn(SigningState state) {
      return record.apply(state);
    }
  }
}
