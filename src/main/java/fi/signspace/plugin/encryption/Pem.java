package fi.signspace.plugin.encryption;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads RSA keys as OpenSSL writes them: {@code openssl genpkey} a private one, {@code openssl pkey
 * -pubout} its public half. The key id is the thumbprint of the public half (RFC 7638), so both
 * have the same id and nobody has to think of one.
 */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");

  private static final int MIN_KEY = 2048;

  /**
   * @param place where the text comes from, for messages; the text itself is never in one
   * @throws IllegalArgumentException if this is no usable key
   */
  static RSAKey read(String place, String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw unusable(
          place,
          "has neither a PRIVATE KEY nor a PUBLIC KEY in PEM; an encrypted key has to be decrypted"
              + " first");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
      RSAKey key = block.group(1).equals("PRIVATE") ? privateKey(encoded) : publicKey(encoded);
      if (key.size() < MIN_KEY) {
        throw unusable(place, "is shorter than " + MIN_KEY + " bits");
      }
      return key;
    } catch (GeneralSecurityException | JOSEException e) {
      throw unusable(place, "is not an RSA key");
    }
  }

  private static RSAKey privateKey(byte[] encoded) throws GeneralSecurityException, JOSEException {
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded));
    RSAPublicKeySpec publicHalf = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
    return named(new RSAKey.Builder((RSAPublicKey) rsa.generatePublic(publicHalf)).privateKey(key));
  }

  private static RSAKey publicKey(byte[] encoded) throws GeneralSecurityException, JOSEException {
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    return named(
        new RSAKey.Builder((RSAPublicKey) rsa.generatePublic(new X509EncodedKeySpec(encoded))));
  }

  /** Says what the key is for, and gives it its id. */
  static RSAKey named(RSAKey.Builder key) throws JOSEException {
    return key.keyUse(KeyUse.ENCRYPTION)
        .algorithm(JWEAlgorithm.RSA_OAEP_256)
        .keyIDFromThumbprint()
        .build();
  }

  private static IllegalArgumentException unusable(String place, String why) {
    return new IllegalArgumentException(
        "signspace.encryption.keys: the key at %s %s".formatted(place, why));
  }

  private Pem() {}
}
