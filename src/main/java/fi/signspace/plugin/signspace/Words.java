package fi.signspace.plugin.signspace;

import java.util.regex.Pattern;

/** SignSpace's own words, fit to be shown: short, on one line, without personal data. */
final class Words {

  private static final int LONGEST = 300;
  private static final Pattern NOT_SHOWN =
      Pattern.compile("(?s)<(script|style)\\b.*?</\\1>|<[^>]*>|[\\p{Cntrl}\\s]+");
  private static final Pattern EMAIL = Pattern.compile("[\\p{L}0-9._%+'-]+@[\\p{L}0-9.-]+");

  /**
   * Six digits, a sign, and what follows: a Finnish personal identity code, or somebody's idea of
   * one.
   */
  private static final Pattern IDENTITY_CODE =
      Pattern.compile("(?i)\\b\\d{6}[-+A-FU-Y]\\d{1,3}[0-9A-Z]?\\b");

  static String tidy(String text) {
    String shown = text.length() > 10 * LONGEST ? text.substring(0, 10 * LONGEST) : text;
    shown = NOT_SHOWN.matcher(shown).replaceAll(" ").strip().replaceAll(" {2,}", " ");
    shown = EMAIL.matcher(shown).replaceAll("[e-mail]");
    shown = IDENTITY_CODE.matcher(shown).replaceAll("[identity code]");
    return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
  }

  private Words() {}
}
