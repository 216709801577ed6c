package fi.signspace.plugin.sandbox;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids as SignSpace makes them: 24 hexadecimal digits (guide, example payloads). */
final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  static String next() {
    return hex(12);
  }

  /** A random text of twice as many hexadecimal digits as bytes. */
  static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
