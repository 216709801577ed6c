package fi.signspace.plugin.sandbox;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Generates ids in SignSpace's format: 24 hexadecimal digits (guide, example payloads). */
public final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  public static String next() {
    return hex(12);
  }

  /** Returns random bytes as hexadecimal digits. */
  static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
