package fi.signspace.plugin.encryption;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Base64;
import java.util.Objects;

/**
 * Seals bytes for one purpose, as a JWS in compact serialization (RFC 7515) with HS256. What is
 * sealed for one purpose is broken for every other.
 */
final class Seal {

  /**
   * Bytes whose seal is intact.
   *
   * @param keyId the key that sealed them
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Opened(byte[] content, String keyId) {}

  private final SealKeys keys;
  private final String purpose;
  private final JOSEObjectType type;

  Seal(SealKeys keys, String purpose, JOSEObjectType type) {
    this.keys = keys;
    this.purpose = purpose;
    this.type = type;
  }

  String seal(byte[] content) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(type).keyID(keys.currentId()).build();
    try {
      JWSObject jws = new JWSObject(header, payloadOf(content));
      jws.sign(new MACSigner(keys.secretFor(purpose)));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("It cannot be sealed for " + purpose, e);
    }
  }

  /**
   * @throws UnknownSealKeyException if it was sealed with a key that only another node knows
   * @throws BrokenSealException if it was not sealed by one of our nodes
   */
  Opened open(String sealed) {
    JWSObject jws = parse(sealed);
    JWSHeader header = jws.getHeader();
    String keyId = Objects.requireNonNullElse(header.getKeyID(), "");
    if (!type.equals(header.getType()) || !JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
      throw new BrokenSealException("it has another type or algorithm");
    }
    if (!SealKeys.isId(keyId)) {
      throw new BrokenSealException("it names no key");
    }
    byte[] secret =
        keys.secretFor(purpose, keyId).orElseThrow(() -> UnknownSealKeyException.ofKey(keyId));
    try {
      if (!jws.verify(new MACVerifier(secret))) {
        throw new BrokenSealException("its seal does not match");
      }
      return new Opened(contentOf(jws.getPayload()), keyId);
    } catch (JOSEException e) {
      throw new BrokenSealException("its seal cannot be checked");
    }
  }

  /** The JDK's Base64 takes a small part of the time that Nimbus' own takes. */
  private static Payload payloadOf(byte[] content) {
    return new Payload(
        new Base64URL(Base64.getUrlEncoder().withoutPadding().encodeToString(content)));
  }

  private static byte[] contentOf(Payload sealed) {
    return Base64.getUrlDecoder().decode(sealed.toBase64URL().toString());
  }

  private static JWSObject parse(String sealed) {
    try {
      return JWSObject.parse(sealed.strip());
    } catch (ParseException e) {
      throw new BrokenSealException("it is not a sealed state");
    }
  }
}
