package fi.signspace.plugin.signing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests in hex. */
public final class Sha256 {

  public static String of(byte[] content) {
    return of(content, content.length);
  }

  /** The digest of the first bytes. */
  public static String of(byte[] content, long length) {
    MessageDigest digest = digest();
    digest.update(content, 0, Math.toIntExact(length));
    return hex(digest);
  }

  /** Reads the content to its end, without keeping it. */
  public static String of(InputStream content) throws IOException {
    MessageDigest digest = digest();
    new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
    return hex(digest);
  }

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM provides SHA-256", e);
    }
  }

  /** Completes a digest. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private Sha256() {}
}
