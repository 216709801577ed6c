package fi.signspace.plugin.access;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Passwords that attackers try first. */
public final class WellKnownPasswords {

  private static final List<String> ALL =
      List.of(
          "demo",
          "admin",
          "administrator",
          "sandbox",
          "camunda",
          "changeme",
          "change-me",
          "change_me",
          "password",
          "passw0rd",
          "secret",
          "signspace",
          "signing-worker",
          "postgres",
          "postgresql",
          "root",
          "sa",
          "test",
          "user",
          "guest",
          "default",
          "example",
          "welcome",
          "letmein",
          "qwerty",
          "1234",
          "12345",
          "123456",
          "1234567",
          "12345678",
          "123456789",
          "1234567890");

  /**
   * Whether a password is well known or equals the user's name; case-insensitive. An empty password
   * is not well known.
   */
  public static boolean includes(String password, String user) {
    String lower = password.strip().toLowerCase(Locale.ROOT);
    return !lower.isEmpty() && (ALL.contains(lower) || lower.equals(user.toLowerCase(Locale.ROOT)));
  }

  /** Returns the well-known passwords to try for a user. */
  public static List<String> of(String user) {
    return Stream.concat(ALL.stream(), Stream.of(user)).toList();
  }

  private WellKnownPasswords() {}
}
