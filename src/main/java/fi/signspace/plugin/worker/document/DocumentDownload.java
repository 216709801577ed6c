package fi.signspace.plugin.worker.document;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SignedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.text.FileType;
import fi.signspace.plugin.worker.document.FileAssignment.UnmatchedFile;
import fi.signspace.plugin.worker.execution.LockRenewal;
import fi.signspace.plugin.worker.state.DocumentCheckpoints;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One download of all documents of a request. Matched documents of an earlier run are kept if they
 * are from the same completion of the request and still in their variables. Each document gets the
 * name and number of the document that was signed.
 */
final class DocumentDownload {

  private final SignSpace signSpace;
  private final LockRenewal lock;
  private final LargeDocumentLimiter large;
  private final SigningTask task;
  private final SealedStates states;
  private final SignedVariables variables;
  private final List<String> signedFileIds;
  private final String completion;
  private final DocumentMatcher replaced;
  private final DocumentCheckpoints checkpoints = new DocumentCheckpoints();
  private SigningState state;
  private DocumentMatcher matcher;

  /** Whether a downloaded file has the name of its document. */
  private boolean areNamesKept;

  /** Whether a downloaded PDF begins with its document. */
  private boolean areSignaturesAppended;

  /** Files that SignSpace gives as they were sent, under their ids: signed on a separate page. */
  private final List<String> unchanged = new ArrayList<>();

  DocumentDownload(
      SignSpace signSpace,
      SealedStates states,
      LockRenewal lock,
      LargeDocumentLimiter large,
      SigningTask task,
      SignedVariables variables,
      SigningState state,
      RequestState signed) {
    this.signSpace = signSpace;
    this.states = states;
    this.lock = lock;
    this.large = large;
    this.task = task;
    this.variables = variables;
    this.signedFileIds = signed.signedFileIds();
    this.completion = Completion.of(state, signed);
    this.state = state;
    this.matcher =
        matcherAfter(
            completion.equals(state.completion())
                ? variables.stillHeld(
                    state.signed().stream().filter(done -> done.fileId() != null).toList())
                : List.of());
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
    state = state.withSigned(earlier, completion);
    List<String> matched =
        earlier.stream().flatMap(done -> Optional.ofNullable(done.fileId()).stream()).toList();
    return new DocumentMatcher(
        sent(), sent().stream().filter(sent -> !matched.contains(sent.fileId())).toList());
  }

  /**
   * Matched files get the number of their document, the others the remaining numbers.
   *
   * @throws RejectedFileException if SignSpace lists a file that cannot be a signed document, or
   *     only such files for a document
   */
  void downloadAll() {
    boolean isContinued = !state.signed().isEmpty();
    List<UnmatchedFile> unmatched = downloadMatched();
    if (isContinued && !unmatched.isEmpty() && !matcher.open().isEmpty()) {
      // only downloaded files show how SignSpace names and signs them
      unchanged.clear();
      matcher = matcherAfter(List.of());
      unmatched = downloadMatched();
    }
    // the signed version of the same document is there, too
    unchanged.removeIf(
        fileId -> matcher.open().stream().noneMatch(sent -> sent.fileId().equals(fileId)));
    if (unmatched.isEmpty() && unchanged.isEmpty()) {
      return;
    }
    FileAssignment assignment = new FileAssignment(matcher, areNamesKept, areSignaturesAppended);
    List<UnmatchedFile> documents = assignment.of(open().toList(), unmatched);
    List<UnmatchedFile> others =
        unmatched.stream().filter(file -> !documents.contains(file)).toList();
    if (!unchanged.isEmpty() && others.stream().noneMatch(assignment::isPage)) {
      throw RejectedFileException.unsigned(unchanged);
    }
    if (documents.size() < open().count()) {
      // a text without a name may be an error instead of a document
      others.stream()
          .filter(file -> file.isForeignText() && file.name().isBlank())
          .findFirst()
          .ifPresent(
              file -> {
                throw foreignText(file.fileId());
              });
      throw RejectedFileException.noDocuments(others);
    }
    unchanged.forEach(fileId -> download(fileId, signed -> saveUnchanged(fileId, signed)));
    Stream.concat(documents.stream(), others.stream()).forEach(this::downloadUnmatched);
  }

  /** The documents without a signed version so far. */
  private Stream<SentDocument> open() {
    return matcher.open().stream().filter(sent -> !unchanged.contains(sent.fileId()));
  }

  private List<UnmatchedFile> downloadMatched() {
    List<UnmatchedFile> unmatched = new ArrayList<>();
    for (String fileId : missing()) {
      download(fileId, signed -> saveMatched(fileId, signed)).ifPresent(unmatched::add);
    }
    return unmatched;
  }

  /** Empty if the file was saved. */
  private Optional<UnmatchedFile> saveMatched(String fileId, Document signed) {
    if (isUnchanged(fileId, signed)) {
      unchanged.add(fileId);
      areNamesKept |= matcher.hasName(signed.name());
      return Optional.empty();
    }
    Optional<SentDocument> match = matcher.match(signed);
    if (isForeignText(signed, match.map(List::of).orElse(sent()))
        && (match.isPresent() || signedFileIds.size() == 1)) {
      throw foreignText(fileId);
    }
    areNamesKept |= match.filter(sent -> DocumentMatcher.isNamed(sent, signed.name())).isPresent();
    // each comparison hashes the content
    areSignaturesAppended = areSignaturesAppended || (isPdf(signed) && matcher.isBegunBy(signed));
    if (match.isPresent() || signedFileIds.size() == 1) {
      save(fileId, signed, match.orElse(null));
      return Optional.empty();
    }
    return Optional.of(unmatched(fileId, signed));
  }

  private UnmatchedFile unmatched(String fileId, Document signed) {
    return new UnmatchedFile(
        fileId,
        signed.name(),
        FileType.of(signed.content()),
        isForeignText(signed, sent()),
        matcher.isCopy(signed));
  }

  /** Downloads a file again instead of keeping all in memory. */
  private void downloadUnmatched(UnmatchedFile file) {
    download(
        file.fileId(),
        signed -> {
          if (!unmatched(file.fileId(), signed).equals(file)) {
            throw anotherFile(file.fileId());
          }
          save(file.fileId(), signed, matcher.match(signed).orElse(null));
          return file;
        });
  }

  private static SignSpaceException foreignText(String fileId) {
    return SignSpaceException.unreadableResponse(
        "Downloading file %s failed: the response is a text, but no such text was sent. A retry may succeed."
            .formatted(fileId),
        null);
  }

  private static SignSpaceException anotherFile(String fileId) {
    return SignSpaceException.unreadableResponse(
        "Downloading file %s failed: SignSpace responds with another file than before. A retry may succeed."
            .formatted(fileId),
        null);
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
    if (isAsSent(signed.content()) || isOutdated(signed)) {
      throw RejectedFileException.unsigned(List.of(fileId));
    }
    if (isCut(signed.content())) {
      throw SignSpaceException.unreadableResponse(
          "Downloading file %s failed: the response is cut, since the file lacks its end. A retry may succeed."
              .formatted(fileId),
          null);
    }
    return signed;
  }

  /** Not if it was sent without an end. */
  private boolean isCut(byte[] content) {
    return !FileType.of(content).isWhole(content, content.length)
        && sent().stream().noneMatch(sent -> isUnchanged(sent, content));
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
   * Whether this is an uploaded PDF, without a signature: a signed one differs from it. Another
   * file may be signed apart from its content.
   */
  private boolean isAsSent(byte[] content) {
    boolean isPdf = DocumentMatcher.isPdf(content, content.length); // its name may not say so
    return sent().stream()
        .filter(sent -> isPdf || isPdf(sent))
        .anyMatch(sent -> isUnchanged(sent, content));
  }

  /** Whether this is an uploaded file that is no PDF, under its id. */
  private boolean isUnchanged(String fileId, Document signed) {
    return sent().stream()
        .filter(sent -> sent.fileId().equals(fileId))
        .anyMatch(sent -> isUnchanged(sent, signed.content()));
  }

  private static boolean isUnchanged(SentDocument sent, byte[] content) {
    return isUnchangedAfter(content, sent.size()) // seldom, so few are hashed
        && sent.sha256().equals(Sha256.of(content, sent.size()));
  }

  /** SignSpace gives it under its id, and its signatures in a signing page. */
  private SentDocument saveUnchanged(String fileId, Document signed) {
    SentDocument sent =
        sent().stream()
            .filter(one -> one.fileId().equals(fileId) && isUnchanged(one, signed.content()))
            .findFirst()
            .orElseThrow(() -> anotherFile(fileId));
    save(fileId, signed, sent);
    return sent;
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
            && replaced.hasNameLike(signed.name())
            && !matcher.hasNameLike(signed.name()));
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
    state = state.withSigned(names.inOrder(state.signed(), done), completion);
    checkpoints.done(document.content().length);
    if (!missing().isEmpty() && checkpoints.isDue()) {
      states.save(task, state);
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
    private static RejectedFileException unsigned(List<String> fileIds) {
      return new RejectedFileException(state -> state.withOutdated(List.copyOf(fileIds)));
    }

    /** Further versions of documents, or files such as separate signing pages. */
    private static RejectedFileException noDocuments(List<UnmatchedFile> files) {
      List<String> copies =
          files.stream().filter(UnmatchedFile::isCopy).map(UnmatchedFile::fileId).toList();
      List<String> others = files.stream().map(UnmatchedFile::fileId).toList();
      return new RejectedFileException(
          state -> copies.isEmpty() ? state.withOtherFiles(others) : state.withOutdated(copies));
    }

    SigningState recordedIn(SigningState state) {
      return record.apply(state);
    }
  }
}
