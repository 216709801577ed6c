package fi.signspace.plugin.signing.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type of a file, detected from its bytes. Names and declared media types are only claims. */
@SuppressWarnings("ImmutableEnumChecker") // List.of gives an immutable list
public enum FileType {
  PDF("application/pdf", "pdf"),
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg", "jpeg"),
  ASIC_E("application/vnd.etsi.asic-e+zip", "asice", "sce"),
  ASIC_S("application/vnd.etsi.asic-s+zip", "asics", "scs"),
  ODT("application/vnd.oasis.opendocument.text", "odt"),
  ODS("application/vnd.oasis.opendocument.spreadsheet", "ods"),
  DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
  PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
  ZIP("application/zip", "zip"),
  HTML("text/html", "html", "htm", "xhtml"),
  TEXT("text/plain", "txt"),
  UNKNOWN("application/octet-stream");

  /** Readers search the header of a PDF in the first kilobyte, and its end in the last one. */
  private static final int BEGINNING = 1024;

  /** The directory of a ZIP archive is at its end, before a comment. */
  private static final int END = 66 * 1024;

  private static final Pattern PAGE =
      Pattern.compile("<(!doctype\\s+html|html|head|body)\\b", Pattern.CASE_INSENSITIVE);

  /** The first, uncompressed entry of an ASiC or OpenDocument container: its media type. */
  private static final Pattern CONTAINER =
      Pattern.compile("PK\\x03\\x04.{26}mimetype([a-z]+/[a-z0-9.+-]+)", Pattern.DOTALL);

  private final String mediaType;
  private final List<String> extensions;

  FileType(String mediaType, String... extensions) {
    this.mediaType = mediaType;
    this.extensions = List.of(extensions);
  }

  /** Returns the media type, without parameters. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the usual extension, without the dot; empty if the type is unknown. */
  public String extension() {
    return extensions.isEmpty() ? "" : extensions.get(0);
  }

  /**
   * Detects the type of a file.
   *
   * @param content the file, or its beginning, from which archives are detected less precisely
   */
  public static FileType of(byte[] content) {
    String start = new String(content, 0, Math.min(content.length, BEGINNING), ISO_8859_1);
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
      return archive(start, content);
    }
    String text = decoded(start, content).strip();
    if (text.startsWith("<") && PAGE.matcher(text).find()) {
      return HTML;
    }
    if (start.contains("%PDF-")) {
      return PDF;
    }
    return isText(text) ? TEXT : UNKNOWN;
  }

  /**
   * Whether a file of this detected type has its end. A response that is cut may look complete.
   *
   * @param length the number of bytes that belong to it
   */
  public boolean isWhole(byte[] content, int length) {
    if (this == PDF) {
      return end(content, length, BEGINNING).contains("%%EOF");
    }
    return !isArchive() || end(content, length, END).contains("PK\u0005\u0006");
  }

  private static String end(byte[] content, int length, int maximum) {
    int from = Math.max(0, length - maximum);
    return new String(content, from, length - from, ISO_8859_1);
  }

  /** Returns the type claimed by a file name, if its extension is known. */
  public static Optional<FileType> claimedBy(String fileName) {
    String extension = FileNames.extensionOf(fileName).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(type -> type.extensions.contains(extension)).findFirst();
  }

  /** Returns the type of a media type, if it is known. */
  static Optional<FileType> ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst();
  }

  /** Whether a file of this detected type may be declared as another type. */
  boolean mayBe(FileType claimed) {
    return claimed == this
        || (this == ZIP && claimed.isArchive())
        || (this == TEXT && claimed == HTML);
  }

  /** Whether it is a ZIP file, such as a container of a document and its signatures. */
  public boolean isArchive() {
    return switch (this) {
      case ASIC_E, ASIC_S, ODT, ODS, DOCX, XLSX, PPTX, ZIP -> true;
      case PDF, PNG, JPEG, HTML, TEXT, UNKNOWN -> false;
    };
  }

  /** Whether the bytes alone determine the type. */
  boolean isCertain() {
    return this != ZIP && this != TEXT && this != UNKNOWN;
  }

  private static FileType archive(String start, byte[] content) {
    Matcher container = CONTAINER.matcher(start);
    if (container.lookingAt()) {
      // the next entry, which begins with PK, follows the media type
      String stored = container.group(1);
      return Arrays.stream(values())
          .filter(type -> type.isArchive() && stored.startsWith(type.mediaType))
          .findFirst()
          .orElse(ZIP);
    }
    String directory = start + end(content, content.length, END);
    if (directory.contains("word/document")) {
      return DOCX;
    }
    if (directory.contains("xl/workbook")) {
      return XLSX;
    }
    if (directory.contains("ppt/presentation")) {
      return PPTX;
    }
    return directory.contains("META-INF/") && directory.contains("signature") ? ASIC_E : ZIP;
  }

  /** Decodes the beginning as text, in the charset of a byte order mark. */
  private static String decoded(String start, byte[] content) {
    int length = Math.min(content.length, BEGINNING);
    if (start.startsWith("\u00fe\u00ff")) {
      return new String(content, 2, length - 2, UTF_16BE);
    }
    if (start.startsWith("\u00ff\u00fe")) {
      return new String(content, 2, length - 2, UTF_16LE);
    }
    return start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start;
  }

  private static boolean isText(String text) {
    return !text.isEmpty()
        && text.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f');
  }
}
