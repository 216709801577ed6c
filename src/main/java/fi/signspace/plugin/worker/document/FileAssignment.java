package fi.signspace.plugin.worker.document;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.text.FileType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Assigns the signed files that match no document for certain to the documents that have none.
 * Neither a further signed version of another document nor a signing page is one. The latter is
 * recognized if SignSpace keeps the names of documents, or appends signatures to PDFs, and by its
 * type.
 *
 * @param matcher has matched the other files
 * @param areNamesKept whether a matched file has the name of its document
 * @param areSignaturesAppended whether a matched PDF begins with its document
 */
record FileAssignment(
    DocumentMatcher matcher, boolean areNamesKept, boolean areSignaturesAppended) {

  /**
   * A file that belongs to no document for certain.
   *
   * @param isForeignText whether it is a text that is the signed version of no document
   * @param isCopy whether it begins with a document that has been matched
   */
  record UnmatchedFile(
      String fileId, String name, FileType type, boolean isForeignText, boolean isCopy) {

    private boolean isPdf() {
      return type == FileType.PDF;
    }
  }

  /**
   * Returns files that may be the signed versions of the documents, one for each if possible, in
   * the order of the documents.
   */
  List<UnmatchedFile> of(List<SentDocument> documents, List<UnmatchedFile> files) {
    boolean areAllNamed =
        areNamesKept || files.stream().anyMatch(file -> matcher.hasNameLike(file.name()));
    FileAssignment rules = new FileAssignment(matcher, areAllNamed, areSignaturesAppended);
    Map<UnmatchedFile, SentDocument> assigned = new LinkedHashMap<>();
    documents.forEach(sent -> rules.assign(sent, files, assigned, new HashSet<>()));
    return assigned.entrySet().stream()
        .sorted(comparingInt(file -> documents.indexOf(file.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a file may be the signing page of a document that is no PDF. */
  boolean isPage(UnmatchedFile file) {
    return file.isPdf() && !isCopy(file) && !matcher.hasNameLikePdf(file.name());
  }

  /** Assigns a free file, or else one whose document can have another one. */
  private boolean assign(
      SentDocument sent,
      List<UnmatchedFile> files,
      Map<UnmatchedFile, SentDocument> assigned,
      Set<UnmatchedFile> tried) {
    List<UnmatchedFile> possible =
        files.stream()
            .filter(file -> mayBe(file, sent))
            .sorted(comparing(file -> !DocumentMatcher.isNamedIgnoringCase(sent, file.name())))
            .toList();
    Optional<UnmatchedFile> found =
        possible.stream()
            .filter(file -> !assigned.containsKey(file))
            .findFirst()
            .or(
                () ->
                    possible.stream()
                        .filter(tried::add)
                        .filter(file -> assign(assigned.get(file), files, assigned, tried))
                        .findFirst());
    found.ifPresent(file -> assigned.put(file, sent));
    return found.isPresent();
  }

  private boolean mayBe(UnmatchedFile file, SentDocument sent) {
    if (isCopy(file) || file.isForeignText()) {
      return false;
    }
    if (DocumentMatcher.isNamedLike(sent, file.name())) {
      return !DocumentMatcher.isPdf(sent)
          || file.isPdf()
          || (!areSignaturesAppended && file.type().isArchive());
    }
    boolean isOther = areNamesKept || file.isPdf() != DocumentMatcher.isPdf(sent);
    return !isOther && !(areSignaturesAppended && DocumentMatcher.isPdf(sent));
  }

  private boolean isCopy(UnmatchedFile file) {
    return file.isCopy() || (!areSignaturesAppended && matcher.hasNameOfMatched(file.name()));
  }
}
