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
 * Reads RSA keys in OpenSSL's formats: {@code openssl genpkey} for private keys, {@code openssl
 * pkey -pubout} for public keys. The key id is the thumbprint of the public key (RFC 7638), so that
 * both halves have the same id without any configuration.
 */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");

  private static final int MIN_KEY = 2048;

  /**
   * @param place the origin of the text, for messages, which never quote the text itself
   * @throws IllegalArgumentException if this is not a usable key
   */
  static RSAKey read(String place, String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw unusable(
          place,
          "contains neither a PRIVATE KEY nor a PUBLIC KEY in PEM; an encrypted key has to be decrypted"
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

  /** Adds the key's use, algorithm and id. */
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
