package fi.signspace.plugin.sandbox;

import java.util.regex.Pattern;

/** The formats of ids and e-mail addresses. */
public final class Formats {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

  private static final Pattern EMAIL =
      Pattern.compile(
          "[^\\s@<>()\",;:\\\\]{1,64}@[^\\s@<>()\",;:\\\\.]+(\\.[^\\s@<>()\",;:\\\\.]+)+");

  private static final int MAX_EMAIL = 254;

  private Formats() {}

  /** 24 hexadecimal digits. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** A local part, an @ and a domain with a dot, no longer than RFC 5321 allows. */
  public static boolean isEmail(String text) {
    return text.length() <= MAX_EMAIL && EMAIL.matcher(text).matches();
  }
}
