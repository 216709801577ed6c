package fi.signspace.plugin.encryption;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import fi.signspace.plugin.signing.PersonalIdentityCode;
import java.text.ParseException;
import java.util.Optional;

/**
 * Encrypts personal identity codes and decrypts them: JWE in compact serialization (RFC 7516) with
 * RSA-OAEP-256 and A256GCM, which browsers and the JOSE libraries of all languages can do.
 */
public final class NinCipher {

  private static final JWEAlgorithm ALGORITHM = JWEAlgorithm.RSA_OAEP_256;
  private static final EncryptionMethod METHOD = EncryptionMethod.A256GCM;

  /** Many times what a code takes with the longest key that is in use. */
  private static final int LONGEST = 8000;

  private final Keys keys;

  NinCipher(Keys keys) {
    this.keys = keys;
  }

  /** Whether this text is an encrypted code, as far as can be told without a key. */
  public static boolean isEncrypted(String text) {
    return parse(text).isPresent();
  }

  /** Whether this node has a key to encrypt with. */
  public boolean canEncrypt() {
    return keys.encrypting().isPresent();
  }

  /** Whether this node has a key to decrypt with. */
  public boolean canDecrypt() {
    return keys.canDecrypt();
  }

  /**
   * Encrypts a code with the key that is in use now.
   *
   * @throws IllegalStateException if there is none
   */
  public String encrypt(String nin) {
    RSAKey key =
        keys.encrypting()
            .orElseThrow(
                () -> new IllegalStateException("There is no key; set signspace.encryption.keys"));
    JWEHeader header = new JWEHeader.Builder(ALGORITHM, METHOD).keyID(key.getKeyID()).build();
    JWEObject jwe = new JWEObject(header, new Payload(nin));
    try {
      jwe.encrypt(new RSAEncrypter(key));
      return jwe.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("Encrypting failed", e);
    }
  }

  /**
   * The code itself.
   *
   * @throws UnreadableNinException if only a person can help, by giving the code anew
   */
  public String decrypt(String encrypted) throws UnreadableNinException {
    JWEObject jwe =
        parse(encrypted)
            .orElseThrow(
                () ->
                    new UnreadableNinException(
                        "The personal identity code is not encrypted the way it must be (JWE,"
                            + " RSA-OAEP-256 and A256GCM); give it anew."));
    if (!keys.canDecrypt()) {
      throw new UnreadableNinException(
          "Personal identity codes cannot be decrypted here: no private key is configured"
              + " (signspace.encryption.keys). Tell an administrator, then send again.");
    }
    String id = jwe.getHeader().getKeyID();
    RSAKey key =
        Optional.ofNullable(id)
            .flatMap(keys::decrypting)
            .orElseThrow(
                () ->
                    new UnreadableNinException(
                        "The personal identity code was encrypted with a key that is not in use"
                            + " here (any more); give it anew."));
    try {
      jwe.decrypt(new RSADecrypter(key));
      return jwe.getPayload().toString();
    } catch (JOSEException e) {
      throw new UnreadableNinException(
          "The encrypted personal identity code is damaged; give it anew.");
    }
  }

  /**
   * Only what is encrypted our way: no other algorithm, nothing that has to be unpacked, and
   * nothing in the header that anybody can read.
   */
  private static Optional<JWEObject> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JWEObject jwe = JWEObject.parse(text);
      JWEHeader header = jwe.getHeader();
      boolean isOurs =
          ALGORITHM.equals(header.getAlgorithm())
              && METHOD.equals(header.getEncryptionMethod())
              && header.getCompressionAlgorithm() == null
              && !PersonalIdentityCode.isIn(header.toString());
      return isOurs ? Optional.of(jwe) : Optional.empty();
    } catch (ParseException | RuntimeException e) {
      // the latter from the library, for a header without an algorithm, or with none
      return Optional.empty();
    }
  }
}
