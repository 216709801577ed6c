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
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.text.ParseException;
import java.util.Optional;

/**
 * Encrypts and decrypts personal identity codes: JWE in compact serialization (RFC 7516) with
 * RSA-OAEP-256 and A256GCM, which browsers and JOSE libraries of all languages support.
 */
public final class NinCipher {

  private static final JWEAlgorithm ALGORITHM = JWEAlgorithm.RSA_OAEP_256;
  private static final EncryptionMethod METHOD = EncryptionMethod.A256GCM;

  /** Many times the length of a code that is encrypted with the longest common key. */
  private static final int MAX_LENGTH = 8000;

  private final Keys keys;

  NinCipher(Keys keys) {
    this.keys = keys;
  }

  /** Whether a text is an encrypted code, as far as can be determined without a key. */
  public static boolean isEncrypted(String text) {
    return parse(text).isPresent();
  }

  /** Whether this node has a key for encryption. */
  public boolean canEncrypt() {
    return keys.encrypting().isPresent();
  }

  /** Whether this node has a key for decryption. */
  public boolean canDecrypt() {
    return keys.canDecrypt();
  }

  /**
   * Encrypts a code with the current key.
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
   * Decrypts a code.
   *
   * @throws UnreadableNinException if a person has to enter the code again
   */
  public String decrypt(String encrypted) throws UnreadableNinException {
    JWEObject jwe =
        parse(encrypted)
            .orElseThrow(
                () ->
                    new UnreadableNinException(
                        "The personal identity code is not encrypted as required (JWE,"
                            + " RSA-OAEP-256 and A256GCM); enter it again."));
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
                        "The personal identity code was encrypted with a key that this installation"
                            + " does not use, or no longer uses; enter it again."));
    try {
      jwe.decrypt(new RSADecrypter(key));
      return jwe.getPayload().toString();
    } catch (JOSEException e) {
      throw new UnreadableNinException(
          "The encrypted personal identity code is damaged; enter it again.");
    }
  }

  /**
   * Accepts only our format: no other algorithm, no compression, and no plaintext data in the
   * header.
   */
  private static Optional<JWEObject> parse(String text) {
    if (text.length() > MAX_LENGTH) {
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
      // the library throws the latter for a header without an algorithm, or with none
      return Optional.empty();
    }
  }
}
