package fi.signspace.plugin.signing;

import java.util.regex.Pattern;

/**
 * File names that others give, made fit to be stored, sent in a header and shown. Blanks, slashes
 * and any script stay as they are.
 */
public final class FileNames {

  private static final int MAX_EXTENSION = 10;

  /** Line breaks and control characters, which no header takes, and halves of characters. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\p{Cs}]+");

  private FileNames() {}

  /** The name on one line, without blanks at its ends, shortened before its extension. */
  public static String normalized(String name) {
    String line = TextRules.stripped(UNFIT.matcher(name).replaceAll(" "));
    String extension = extensionOf(line);
    int length = line.codePointCount(0, line.length());
    if (length <= TextRules.MAX_FILE_NAME) {
      return line;
    }
    String end = extension.isEmpty() ? "" : "." + extension;
    int kept = TextRules.MAX_FILE_NAME - end.codePointCount(0, end.length());
    return DisplayText.cut(line.substring(0, line.length() - end.length()), kept) + end;
  }

  /** Whether the engine can hand out a file of this name. */
  static boolean isFit(String name) {
    return !UNFIT.matcher(name).find()
        && name.codePointCount(0, name.length()) <= TextRules.MAX_FILE_NAME;
  }

  /**
   * The name with an extension that says what the bytes are. One that claims something else is
   * replaced if it is a known one ({@code lease.docx} with a PDF in it becomes {@code lease.pdf}),
   * and kept before the right one otherwise. Where the bytes say nothing, the name stays.
   */
  public static String withExtensionOf(byte[] content, String name) {
    FileType type = FileType.of(content);
    FileType claimed = FileType.claimedBy(name).orElse(null);
    if (name.isBlank() || type == FileType.UNKNOWN) {
      return name;
    }
    if (claimed == null) {
      return type.isCertain() ? name + "." + type.extension() : name;
    }
    return type.mayBe(claimed)
        ? name
        : name.substring(0, name.lastIndexOf('.') + 1) + type.extension();
  }

  /** What follows the last dot, if it looks like an extension; empty if there is none. */
  static String extensionOf(String name) {
    int dot = name.lastIndexOf('.');
    String end = name.substring(dot + 1);
    boolean isExtension = dot > 0 && end.length() <= MAX_EXTENSION && end.matches("[\\p{Alnum}]+");
    return isExtension ? end : "";
  }
}
