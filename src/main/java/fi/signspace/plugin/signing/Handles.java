package fi.signspace.plugin.signing;

import java.util.regex.Pattern;

/** What SignSpace calls handles: e-mail addresses, ids and groups. */
final class Handles {

  /** How an e-mail address is explained to people. */
  static final String EMAIL_EXAMPLE = "write it like name@example.com";

  /** The longest address that mail servers carry (RFC 5321). */
  private static final int LONGEST_EMAIL = 254;

  private static final String ATOM = "[^\\s\\p{Z}\\p{C}@.,;:<>()\\[\\]\"\\\\]+";
  private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?";
  private static final Pattern EMAIL =
      Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+[\\p{L}\\p{N}-]{2,}");
  private static final Pattern GROUP = Pattern.compile("group:[0-9a-fA-F]{24}");
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,100}");

  private Handles() {}

  /** Whether the text can be an e-mail address; whether there is such a mailbox, nobody knows. */
  static boolean isEmail(String text) {
    return text.length() <= LONGEST_EMAIL && EMAIL.matcher(text).matches();
  }

  static boolean isGroup(String text) {
    return GROUP.matcher(text).matches();
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }
}
