package fi.signspace.plugin.signspace.http;

import feign.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares a body with the MD5 and SHA-256 digests in its headers: Content-MD5 (RFC 1864), Digest
 * (RFC 3230), Repr-Digest and Content-Digest (RFC 9530). A body without digest passes.
 */
final class DigestVerifier {

  private static final Pattern SHA_256 =
      Pattern.compile("(?:^|[,\\s])sha-256=:?([A-Za-z0-9+/]+=*)", Pattern.CASE_INSENSITIVE);

  private DigestVerifier() {}

  /**
   * @param body as received: a digest covers the compressed body
   * @throws UnreadableResponseException if a digest does not match
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
      throw new IllegalStateException(e); // every Java platform supports both
    }
  }
}
