package fi.signspace.plugin.signspace.http;

import feign.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares a body with the digests that its headers give: Content-MD5 (RFC 1864), Digest (RFC 3230)
 * and Repr-Digest, Content-Digest (RFC 9530), of which MD5 and SHA-256 are read. No digest, no
 * complaint.
 */
final class DigestVerifier {

  private static final Pattern SHA_256 =
      Pattern.compile("(?:^|[,\\s])sha-256=:?([A-Za-z0-9+/]+=*)", Pattern.CASE_INSENSITIVE);

  private DigestVerifier() {}

  /**
   * @param body as it came: a digest covers a compressed body as it is
   * @throws UnreadableResponseException if a digest says that these are not the bytes that were
   *     sent
   */
  static void verify(Response response, byte[] body) throws UnreadableResponseException {
    String md5 = ResponseBodies.header(response, "Content-MD5");
    if (!md5.isEmpty()) {
      compare("MD5", md5, body);
    }
    for (String header : new String[] {"Digest", "Repr-Digest", "Content-Digest"}) {
      Matcher sha256 = SHA_256.matcher(ResponseBodies.header(response, header));
      if (sha256.find()) {
        compare("SHA-256", sha256.group(1), body);
      }
    }
  }

  private static void compare(String algorithm, String expected, byte[] body)
      throws UnreadableResponseException {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(body);
      if (!Base64.getEncoder().encodeToString(digest).equals(expected)) {
        throw new UnreadableResponseException(
            "the file does not match its " + algorithm + " digest", "");
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has both
    }
  }
}
