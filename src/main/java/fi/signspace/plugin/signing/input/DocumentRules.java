package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.text.DisplayText;
import fi.signspace.plugin.signing.text.FileNames;
import fi.signspace.plugin.signing.text.FileType;
import fi.signspace.plugin.signing.text.MediaTypes;
import fi.signspace.plugin.signing.text.TextRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Checks the documents of a request by their metadata. */
final class DocumentRules {

  private static final BigDecimal BYTES_PER_MEGABYTE = BigDecimal.valueOf(1024L * 1024);

  private static final String UNFIT_NAME =
      "has a name that begins or ends with a line break; rename the file";

  private final long longest;

  /**
   * @param longest in bytes
   */
  DocumentRules(long longest) {
    this.longest = longest;
  }

  void check(List<DocumentMetadata> documents, InputReader start) {
    if (documents.isEmpty()) {
      start.problem(
          "document",
          "There is no document to sign; add at least one file, as document1, document2 …");
    }
    if (documents.size() > RequestValidator.MAX_DOCUMENTS) {
      start.problem(
          "document",
          "There are %s documents; at most %s documents can be signed together."
              .formatted(documents.size(), RequestValidator.MAX_DOCUMENTS));
    }
    documents.forEach(document -> check(document, start));
  }

  private void check(DocumentMetadata document, InputReader start) {
    String variable = document.variableName();
    String fileName = TextRules.stripped(document.fileName());
    if (fileName.isEmpty()) {
      start.problem(
          variable, variable + " has no file name; add the file again, named like contract.pdf.");
    }
    TextRules.fileNameProblem(fileName)
        .or(() -> Optional.of(UNFIT_NAME).filter(what -> !FileNames.isFit(document.fileName())))
        .ifPresent(what -> start.problem(variable, variable + " " + what + "."));
    String name =
        fileName.isEmpty() ? variable : variable + " (" + DisplayText.shown(fileName) + ")";
    if (!MediaTypes.isReadable(document.mimeType())) {
      start.problem(
          variable,
          "%s has an unreadable media type, %s; add the file again."
              .formatted(name, DisplayText.quoted(document.mimeType())));
    } else if (!DocumentMetadata.isReadable(document.fileName(), document.mimeType())) {
      return; // not read; the problem with its name is reported above
    } else if (document.size() <= 0) {
      start.problem(variable, name + " is empty; add a file with content.");
    } else if (document.size() > longest) {
      start.problem(
          variable,
          "%s has %s MB, and at most %s MB are allowed; add a smaller file."
              .formatted(
                  name,
                  megabytes(document.size(), RoundingMode.CEILING),
                  megabytes(longest, RoundingMode.FLOOR)));
    } else if (FileType.claimedBy(fileName).filter(FileType.PDF::equals).isPresent()
        && document.type() != FileType.PDF) {
      start.problem(
          variable, name + " is named .pdf but is not a PDF; save it as a PDF and add it again.");
    }
  }

  private static String megabytes(long bytes, RoundingMode rounding) {
    return BigDecimal.valueOf(bytes)
        .divide(BYTES_PER_MEGABYTE, 1, rounding)
        .stripTrailingZeros()
        .toPlainString();
  }
}
