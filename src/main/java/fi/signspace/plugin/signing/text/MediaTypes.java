package fi.signspace.plugin.signing.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Normalizes declared media types: the engine cannot return a file whose media type it cannot
 * parse.
 */
public final class MediaTypes {

  /** RFC 6838, 4.2. */
  private static final String NAME = "[a-z0-9][a-z0-9!$&^_.+-]{0,126}";

  private static final Pattern TYPE = Pattern.compile(NAME + "/" + NAME);

  private static final Pattern WITH_PARAMETERS =
      Pattern.compile(TYPE + "(\\s*;\\s*" + NAME + "=(" + NAME + "|\"[^\"\\p{Cc}]*\"))*+");

  private MediaTypes() {}

  /**
   * Returns the declared media type in lower case, without quotation marks, parameters and
   * repetitions. If none can be parsed: {@code application/pdf} for a PDF, otherwise {@code
   * application/octet-stream}.
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
   * Returns the media type of the bytes. The declared one applies only if the bytes are ambiguous,
   * for example for text.
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

  /** Whether the engine can return a file with this media type, which may be empty. */
  public static boolean isReadable(String declared) {
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
