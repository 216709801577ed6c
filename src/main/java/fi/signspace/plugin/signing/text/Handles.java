package fi.signspace.plugin.signing.text;

import static java.util.stream.Collectors.toSet;

import java.lang.Character.UnicodeScript;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** SignSpace's handles: e-mail addresses, ids and groups. */
public final class Handles {

  /** The hint for a wrong e-mail address. */
  public static final String EMAIL_EXAMPLE = "write it like name@example.com";

  /** The maximum length of an address (RFC 5321). */
  private static final int MAX_EMAIL = 254;

  private static final String ATOM = "[^\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}@.,;:<>()\\[\\]\"\\\\]+";

  private static final String LABEL =
      "(?=[^.]{1,63}(?:\\.|$))[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?";

  /** At most 64 characters before the @, and 63 per domain label (RFC 5321, 1035). */
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+(?=.{2})" + LABEL);

  /** Separates an address from the name, the brackets and the scheme around it. */
  private static final Pattern NOT_IN_ADDRESS = Pattern.compile("[\\s<>()\\[\\]\",:;]+");

  private static final Pattern PART = Pattern.compile("[@.]");

  private static final Set<UnicodeScript> LIKE_LATIN =
      Set.of(
          UnicodeScript.ARMENIAN,
          UnicodeScript.CHEROKEE,
          UnicodeScript.CYRILLIC,
          UnicodeScript.GREEK,
          UnicodeScript.LISU);

  /** Begins what mail programs show as other text (RFC 2047). */
  private static final String ENCODED_WORD = "=?";

  private static final Pattern GROUP = Pattern.compile("group:[0-9a-fA-F]{24}");
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,100}");

  private Handles() {}

  /** Whether the text, in composed form, is a syntactically valid e-mail address. */
  public static boolean isEmail(String text) {
    return text.length() <= MAX_EMAIL
        && EMAIL.matcher(text).matches()
        && !text.contains(ENCODED_WORD);
  }

  /**
   * Whether a part of an address has Latin letters and others that look like them: it is not the
   * address that a person reads.
   */
  public static boolean hasLookalikes(String address) {
    return PART.splitAsStream(address)
        .map(part -> part.codePoints().mapToObj(UnicodeScript::of).collect(toSet()))
        .anyMatch(
            scripts ->
                scripts.contains(UnicodeScript.LATIN)
                    && !Collections.disjoint(scripts, LIKE_LATIN));
  }

  public static boolean isGroup(String text) {
    return GROUP.matcher(text).matches();
  }

  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The address in a text such as {@code Anna <anna@example.com>} or {@code mailto:…}. */
  public static Optional<String> addressIn(String text) {
    return NOT_IN_ADDRESS.splitAsStream(text).filter(Handles::isEmail).findFirst();
  }

  /** Returns a key that is equal for all spellings of a handle or name, in any locale. */
  public static String key(String handle) {
    return TextRules.comparable(handle).toLowerCase(Locale.ROOT);
  }
}
