package fi.signspace.plugin.sandbox.file;

import fi.signspace.plugin.sandbox.task.Participant;
import fi.signspace.plugin.sandbox.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/**
 * Appends a page with the signatures to a PDF. The standard PDF fonts cover Western Europe only;
 * other characters are shown as '?'.
 */
final class SignaturePage {

  private static final float MARGIN = 56;
  private static final float SIZE = 11;
  private static final float LEADING = 17;
  private static final int MAX_LINE = 84;

  private final PDDocument document;
  private final PDFont bold = new PDType1Font(FontName.HELVETICA_BOLD);
  private final PDFont plain = new PDType1Font(FontName.HELVETICA);

  private SignaturePage(PDDocument document) {
    this.document = document;
  }

  /**
   * @return the extended PDF; the unchanged bytes if it is encrypted, has no pages, or would
   *     require too much memory
   * @throws IOException if the PDF is broken or needs a password
   */
  static byte[] append(Task task, StoredFile file) throws IOException {
    if (PdfStreams.areTooLarge(file.content())) {
      return file.content();
    }
    try (PDDocument document = Loader.loadPDF(file.content())) {
      if (document.isEncrypted() || document.getNumberOfPages() == 0) {
        return file.content();
      }
      new SignaturePage(document).write(lines(task, file));
      var out = new ByteArrayOutputStream(file.content().length + 4096);
      document.save(out);
      return out.toByteArray();
    }
  }

  private static List<String> lines(Task task, StoredFile file) {
    List<String> lines = new ArrayList<>();
    lines.add("Made by the SignSpace sandbox: nothing here is legally signed.");
    lines.add("");
    lines.add("Signing request: " + task.settings().title());
    lines.add("Id: " + task.id());
    lines.add("Document: " + file.name());
    lines.add("Id: " + file.id());
    lines.add("");
    for (Participant person : task.signers()) {
      String name = person.displayName() == null ? "" : person.displayName() + ", ";
      String when = person.hasSigned() ? "signed at " + person.signedAt() : "did not sign";
      lines.add(name + person.handle() + ": " + when);
    }
    return lines;
  }

  private void write(List<String> lines) throws IOException {
    List<String> wrapped = lines.stream().flatMap(line -> wrap(line).stream()).toList();
    int perPage = (int) ((PDRectangle.A4.getHeight() - 3 * MARGIN) / LEADING);
    for (int from = 0; from < wrapped.size(); from += perPage) {
      writePage(wrapped.subList(from, Math.min(from + perPage, wrapped.size())));
    }
  }

  private void writePage(List<String> lines) throws IOException {
    var page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setLeading(LEADING);
      content.newLineAtOffset(MARGIN, PDRectangle.A4.getHeight() - MARGIN);
      content.setFont(bold, SIZE * 1.6f);
      content.showText("Signatures");
      content.newLine();
      content.newLine();
      content.setFont(plain, SIZE);
      for (String line : lines) {
        content.showText(line);
        content.newLine();
      }
      content.endText();
    }
  }

  private List<String> wrap(String line) {
    String shown = line.codePoints().mapToObj(this::showable).collect(Collectors.joining());
    List<String> parts = new ArrayList<>();
    for (int from = 0; from == 0 || from < shown.length(); from += MAX_LINE) {
      parts.add(shown.substring(from, Math.min(from + MAX_LINE, shown.length())));
    }
    return parts;
  }

  private String showable(int codePoint) {
    if (Character.isWhitespace(codePoint)) {
      return " ";
    }
    String character = Character.toString(codePoint);
    try {
      plain.encode(character);
      return character;
    } catch (IOException | IllegalArgumentException e) {
      return "?";
    }
  }
}
