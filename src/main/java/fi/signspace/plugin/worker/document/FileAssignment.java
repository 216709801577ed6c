package fi.signspace.plugin.worker.document;

import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.text.FileType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Returns files that may be the signed versions of the documents, one for each if possible. */
  Set<UnmatchedFile> of(List<SentDocument> documents, List<UnmatchedFile> files) {
    boolean areAllNamed =
        areNamesKept || files.stream().anyMatch(file -> matcher.hasNameLike(file.name()));
    FileAssignment rules = new FileAssignment(matcher, areAllNamed, areSignaturesAppended);
    Map<UnmatchedFile, SentDocument> assigned = new LinkedHashMap<>();
    documents.forEach(sent -> rules.assign(sent, files, assigned, new HashSet<>()));
    return assigned.keySet();
  }

  /** Whether a file may be the signing page of a document that is no PDF. */
  boolean isPage(UnmatchedFile file) {
    return file.isPdf() && !isCopy(file);
  }

  /** Assigns a free file, or one whose document can have another one. */
  private boolean assign(
      SentDocument sent,
      List<UnmatchedFile> files,
      Map<UnmatchedFile, SentDocument> assigned,
      Set<UnmatchedFile> tried) {
    for (UnmatchedFile file : files) {
      if (mayBe(file, sent) && tried.add(file)) {
        SentDocument other = assigned.get(file);
        if (other == null || assign(other, files, assigned, tried)) {
          assigned.put(file, sent);
          return true;
        }
      }
    }
    return false;
  }

  private boolean mayBe(UnmatchedFile file, SentDocument sent) {
    if (isCopy(file) || file.isForeignText()) {
      return false;
    }
    if (DocumentMatcher.isNamedLike(sent, file.name())) {
      return !isPdf(sent) || file.isPdf() || (!areSignaturesAppended && file.type().isArchive());
    }
    boolean isOther = areNamesKept || file.isPdf() != isPdf(sent);
    return !isOther && !(areSignaturesAppended && isPdf(sent));
  }

  private boolean isCopy(UnmatchedFile file) {
    return file.isCopy() || (!areSignaturesAppended && matcher.hasNameOfMatched(file.name()));
  }

  /** A name without a known extension is often that of a PDF. */
  private static boolean isPdf(SentDocument sent) {
    return FileType.claimedBy(sent.fileName()).filter(type -> type != FileType.PDF).isEmpty();
  }
}
