package fi.signspace.plugin.signspace;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.util.Collection;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** Removes markup, personal data and secrets from external text before it is logged or stored. */
public final class Redactor {

  private static final String MASK = "[masked]";
  private static final int MAX_SCANNED = 5_000;

  /** Shorter secrets could occur within ordinary words. */
  private static final int MIN_SECRET = 6;

  private static final Pattern INVISIBLE_HTML =
      Pattern.compile(
          "<(script|style)\\b.*?(</\\1\\s*>|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<[/!?a-zA-Z][^>]*+(>|$)");
  private static final Pattern CREDENTIALS =
      Pattern.compile("\\b(bearer|basic)\\s+\\S+", Pattern.CASE_INSENSITIVE);
  private static final Pattern E_MAIL =
      Pattern.compile("[\\p{L}\\p{N}._+'-]++(@|%40)[\\p{L}\\p{N}.-]+");

  /** A token or part of a document; SignSpace's ids and UUIDs are shorter. */
  private static final Pattern LONG_RUN = Pattern.compile("[\\p{Alnum}+/=_-]{40,}");

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}<>\\s]+");

  private Redactor() {}

  /**
   * Masks, cleans and truncates a text.
   *
   * @param secrets values of the request to mask
   * @param maxLength the maximum number of characters to return
   */
  static String redact(String text, Collection<String> secrets, int maxLength) {
    String plain = INVISIBLE_HTML.matcher(beginning(text)).replaceAll(" ");
    plain = without(secrets, HtmlUtils.htmlUnescape(TAG.matcher(plain).replaceAll(" ")));
    plain = CREDENTIALS.matcher(plain).replaceAll("$1 " + MASK);
    plain = E_MAIL.matcher(plain).replaceAll("[e-mail]");
    plain = PersonalIdentityCode.masked(plain, "[personal code]");
    plain = LONG_RUN.matcher(plain).replaceAll(MASK);
    plain = UNPRINTABLE.matcher(plain).replaceAll(" ").strip();
    return plain.length() <= maxLength ? plain : truncate(plain, maxLength - 1) + "…";
  }

  private static String truncate(String text, int length) {
    boolean isHalved = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, isHalved ? length - 1 : length);
  }

  /** Limits the input to a length that is cheap to scan, ending at a word boundary. */
  private static String beginning(String text) {
    if (text.length() <= MAX_SCANNED) {
      return text;
    }
    String start = text.substring(0, MAX_SCANNED);
    return start.substring(0, Math.max(0, start.lastIndexOf(' ')));
  }

  /** Masks the secrets, ignoring case. */
  private static String without(Collection<String> secrets, String text) {
    String masked = text;
    for (String secret : secrets) {
      if (secret.length() >= MIN_SECRET) {
        Pattern exact = Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE);
        masked = exact.matcher(masked).replaceAll(MASK);
      }
    }
    return masked;
  }
}
