package fi.signspace.plugin.signing.text;

import java.text.Normalizer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules for user input: invisible characters, text that cannot be stored, and maximum lengths.
 * The forms implement the same rules in {@code forms/signing-rules.js}; one table of examples tests
 * both.
 */
public final class TextRules {

  /** The maximum length of a String variable in the engine's tables, in UTF-16 code units. */
  public static final int MAX_STRING = 4000;

  /** The maximum length of a business key in the engine's tables, in UTF-16 code units. */
  public static final int MAX_BUSINESS_KEY = 255;

  /** The maximum length in common file systems, in UTF-16 code units. */
  public static final int MAX_FILE_NAME = 255;

  /**
   * Characters without use in a line of any script: invisible within a word, bidirectional
   * overrides, control characters and line separators.
   */
  private static final Pattern DECEPTIVE =
      Pattern.compile(
          "[\\p{Cc}\\x{2028}\\x{2029}\\x{200B}\\x{2060}\\x{FEFF}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

  private static final char REPLACEMENT = '\uFFFD';
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  private TextRules() {}

  /** Strips blanks and invisible characters, except U+0000, at both ends, in any order. */
  public static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isUnseen(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (end > start
        && isUnseen(text.codePointBefore(end))
        && !isStyle(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** Returns the composed form (NFC): a letter with its accent is one character. */
  public static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** Returns what is equal for texts that differ in composition and blanks only. */
  public static String comparable(String text) {
    return stripped(BLANKS.matcher(composed(text)).replaceAll(" "));
  }

  /** Returns the first invisible character. */
  public static OptionalInt invisibleIn(String text) {
    return text.codePoints().filter(TextRules::isInvisible).findFirst();
  }

  /** Returns the first deceptive character; joiners and the like are allowed. */
  public static OptionalInt deceptiveIn(String text) {
    Matcher found = DECEPTIVE.matcher(text);
    return found.find() ? OptionalInt.of(text.codePointAt(found.start())) : OptionalInt.empty();
  }

  /** Returns the number of characters as perceived by the user. */
  public static int length(String text) {
    return (int) CHARACTER.matcher(text).results().count();
  }

  /** Whether a text has more characters than this; a much longer one is not read to its end. */
  private static boolean hasMoreThan(int max, String text) {
    return text.length() > max && CHARACTER.matcher(text).results().skip(max).findAny().isPresent();
  }

  /**
   * Returns why a text cannot be stored in every database.
   *
   * @return a part of a sentence, like "contains the character U+0000"
   */
  public static Optional<String> unstorable(String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.of("contains the character U+0000");
    }
    Matcher half = HALF_CHARACTER.matcher(text);
    return half.find()
        ? Optional.of("contains half a character, " + name(text.charAt(half.start())))
        : Optional.empty();
  }

  /**
   * Returns why a text cannot be what its author wrote, or cannot be stored in every database. A
   * program that decodes another character set as UTF-8 leaves a replacement character.
   *
   * @return a part of a sentence
   */
  public static Optional<String> unreadable(String text) {
    return unstorable(text)
        .or(
            () ->
                text.indexOf(REPLACEMENT) >= 0
                    ? Optional.of(
                        "contains the character U+FFFD, which replaces one that was not in UTF-8")
                    : Optional.empty());
  }

  /**
   * Returns why a text is too long for a String variable.
   *
   * @return a part of a sentence
   */
  public static Optional<String> excessIn(String text) {
    return text.length() > MAX_STRING
        ? Optional.of(
            "has %s; shorten it to %s at most".formatted(characters(text, MAX_STRING), MAX_STRING))
        : Optional.empty();
  }

  /** The length of a text that is too long for a column, in which an emoji takes several places. */
  private static String characters(String text, int max) {
    int length = length(text);
    return length > max
        ? length + " characters"
        : "%s characters that take %s places".formatted(length, text.length());
  }

  /**
   * Returns the problem of a business key.
   *
   * @return a sentence that includes the correction
   */
  public static Optional<String> businessKeyProblem(String key) {
    return keyProblem("business key", key);
  }

  /**
   * Returns the problem of a key that is as long as a business key.
   *
   * @param name of the key, in a sentence
   * @return a sentence that includes the correction
   */
  public static Optional<String> keyProblem(String name, String key) {
    if (stripped(key).isEmpty() || hasMoreThan(MAX_BUSINESS_KEY, key)) {
      return Optional.of(
          "The %s must be text of 1 to %s characters, or be left out."
              .formatted(name, MAX_BUSINESS_KEY));
    }
    if (key.length() > MAX_BUSINESS_KEY) {
      return Optional.of(
          "The %s has %s; shorten it to %s at most."
              .formatted(name, characters(key, MAX_BUSINESS_KEY), MAX_BUSINESS_KEY));
    }
    return firstProblem(key).map(problem -> "The %s %s; leave it out.".formatted(name, problem));
  }

  /**
   * Returns the problem of the name of a file to be signed.
   *
   * @return a part of a sentence
   */
  public static Optional<String> fileNameProblem(String name) {
    if (name.length() > MAX_FILE_NAME) {
      return Optional.of(
          "has a name of %s; shorten it to %s at most"
              .formatted(characters(name, MAX_FILE_NAME), MAX_FILE_NAME));
    }
    OptionalInt odd = name.codePoints().filter(Character::isISOControl).findFirst();
    if (odd.isPresent()) {
      return Optional.of(
          "has a name that contains the control character %s; rename the file"
              .formatted(name(odd.getAsInt())));
    }
    return firstProblem(name).map("has a name that %s; rename the file"::formatted);
  }

  /**
   * Returns the problem of the name or id of something that is stored.
   *
   * @return a part of a sentence
   */
  public static Optional<String> nameProblem(String name, int maxLength) {
    return name.length() > maxLength
        ? Optional.of("has more than %s characters".formatted(maxLength))
        : unstorable(name).or(() -> identityCodeIn(name));
  }

  /** Returns the first problem of a short text. */
  private static Optional<String> firstProblem(String text) {
    return unreadable(text).or(() -> problemWith(deceptiveIn(text))).or(() -> identityCodeIn(text));
  }

  public static Optional<String> problemWith(OptionalInt invisible) {
    return invisible.isPresent()
        ? Optional.of("contains an invisible character " + name(invisible.getAsInt()))
        : Optional.empty();
  }

  public static Optional<String> identityCodeIn(String text) {
    return PersonalIdentityCode.isIn(text)
        ? Optional.of("contains a personal identity code")
        : Optional.empty();
  }

  /** Unicode notation: U+200B. */
  private static String name(int codePoint) {
    return "U+%04X".formatted(codePoint);
  }

  private static boolean isUnseen(int codePoint) {
    return codePoint != 0 && (isBlank(codePoint) || isInvisible(codePoint));
  }

  static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.isISOControl(codePoint);
  }

  static boolean isInvisible(int codePoint) {
    return isStyle(codePoint)
        || switch (codePoint) {
          // letters without a glyph
          case 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
          // format characters with a glyph: number and verse signs
          case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605 -> false;
          case 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD -> false;
          default -> Character.getType(codePoint) == Character.FORMAT;
        };
  }

  /** A modifier of the preceding character: emoji, flags, some scripts. */
  private static boolean isStyle(int codePoint) {
    return codePoint == 0x034F
        || (codePoint >= 0x180B && codePoint <= 0x180F)
        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
        || (codePoint >= 0xE0020 && codePoint <= 0xE007F)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
  }
}
