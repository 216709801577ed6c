package fi.signspace.plugin.signing;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Media types that others declare, made fit to be stored: the engine hands out no file whose media
 * type it cannot read.
 */
public final class MediaTypes {

  /** RFC 6838, 4.2. */
  private static final String NAME = "[a-z0-9][a-z0-9!$&^_.+-]{0,126}";

  private static final Pattern TYPE = Pattern.compile(NAME + "/" + NAME);

  private static final Pattern WITH_PARAMETERS =
      Pattern.compile(TYPE + "(\\s*;\\s*" + NAME + "=(" + NAME + "|\"[^\"\\p{Cntrl}]*\"))*+");

  private MediaTypes() {}

  /**
   * The declared media type in lower case, without quotation marks, parameters and repetitions;
   * {@code application/pdf} for a PDF and {@code application/octet-stream} for anything else if
   * nothing readable is declared.
   *
   * @param content the file, or its beginning
   */
  public static String normalized(@Nullable String declared, byte[] content) {
    return read(declared)
        .orElse(
            FileType.of(content) == FileType.PDF
                ? FileType.PDF.mediaType()
                : FileType.UNKNOWN.mediaType());
  }

  /**
   * The media type that the bytes have. What is declared counts only where the bytes leave it open,
   * such as which kind of text it is.
   */
  public static String of(byte[] content, @Nullable String declared) {
    FileType type = FileType.of(content);
    if (type.isCertain()) {
      return type.mediaType();
    }
    return read(declared)
        .filter(given -> FileType.ofMediaType(given).map(type::mayBe).orElse(true))
        .orElse(type.mediaType());
  }

  /** Whether the engine can hand out a file with this media type; none at all will do. */
  static boolean isReadable(String declared) {
    return declared.isEmpty()
        || WITH_PARAMETERS.matcher(declared.toLowerCase(Locale.ROOT)).matches();
  }

  private static Optional<String> read(@Nullable String declared) {
    if (declared == null) {
      return Optional.empty();
    }
    String first = declared.replace("\"", "").split("[;,]", 2)[0].strip();
    Matcher type = TYPE.matcher(first.toLowerCase(Locale.ROOT));
    return type.matches() ? Optional.of(type.group()) : Optional.empty();
  }
}
