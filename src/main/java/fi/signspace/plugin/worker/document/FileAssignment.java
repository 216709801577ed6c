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
 * type: a document that is no PDF has a separate one, and remains as it is.
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
      String fileId, String name, boolean isPdf, boolean isForeignText, boolean isCopy) {}

  /** Returns files that may be the signed versions of the documents, one for each if possible. */
  Set<UnmatchedFile> of(List<SentDocument> documents, List<UnmatchedFile> files) {
    Map<UnmatchedFile, SentDocument> assigned = new LinkedHashMap<>();
    documents.forEach(sent -> assign(sent, files, assigned, new HashSet<>()));
    return assigned.keySet();
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
    boolean isCopy =
        file.isCopy() || (!areSignaturesAppended && matcher.hasNameOfMatched(file.name()));
    if (isCopy || file.isForeignText() || (file.isPdf() && !mayBePdf(sent))) {
      return false;
    }
    boolean isOtherPdf = areSignaturesAppended && (file.isPdf() || mayBePdf(sent));
    return DocumentMatcher.isNamedLike(sent, file.name()) || !(areNamesKept || isOtherPdf);
  }

  /** The type of a name without a known extension is unknown. */
  private static boolean mayBePdf(SentDocument sent) {
    return FileType.claimedBy(sent.fileName()).filter(type -> type != FileType.PDF).isEmpty();
  }
}
