package fi.signspace.plugin.signing.text;

import java.util.regex.Pattern;

/**
 * Normalizes external file names for storage, headers and display. Blanks, slashes and any script
 * are preserved.
 */
public final class FileNames {

  private static final int MAX_EXTENSION = 10;

  /** Line breaks and control characters, which headers cannot contain, and unpaired surrogates. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\p{Cs}]+");

  private FileNames() {}

  /** Returns the name on one line, trimmed, and truncated before its extension. */
  public static String normalized(String name) {
    String line = TextRules.stripped(UNFIT.matcher(name).replaceAll(" "));
    String extension = extensionOf(line);
    int length = line.codePointCount(0, line.length());
    if (length <= TextRules.MAX_FILE_NAME) {
      return line;
    }
    String end = extension.isEmpty() ? "" : "." + extension;
    int kept = TextRules.MAX_FILE_NAME - end.codePointCount(0, end.length());
    return DisplayText.truncate(line.substring(0, line.length() - end.length()), kept) + end;
  }

  /** Whether the engine can return a file with this name. */
  public static boolean isFit(String name) {
    return !UNFIT.matcher(name).find()
        && name.codePointCount(0, name.length()) <= TextRules.MAX_FILE_NAME;
  }

  /**
   * Returns the name with an extension that matches the bytes. A known extension that does not
   * match is replaced ({@code lease.docx} containing a PDF becomes {@code lease.pdf}); after an
   * unknown one, the matching extension is appended. If the type of the bytes is unknown, the name
   * is unchanged.
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

  /** Returns the part after the last dot if it looks like an extension; otherwise empty. */
  static String extensionOf(String name) {
    int dot = name.lastIndexOf('.');
    String end = name.substring(dot + 1);
    boolean isExtension = dot > 0 && end.length() <= MAX_EXTENSION && end.matches("[\\p{Alnum}]+");
    return isExtension ? end : "";
  }
}
