package fi.signspace.plugin.evidence;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Signs evidence as a JWS in compact serialization (RFC 7515), with ES256 only. */
public final class EvidenceSigner {

  static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

  /**
   * The header {@code typ}, which prevents a JWS for another purpose from being accepted as
   * evidence.
   */
  static final String TYPE = "signing-evidence+jws";

  private static final String MEDIA_TYPE = "application/jose";

  /** Characters that file systems or HTTP headers cannot handle. */
  private static final String UNSAFE = "[\\p{Cc}\\p{Cf}\\p{Cs}\\\\/:*?\"<>|]+";

  private static final int MAX_NAME = 100;

  private final EvidenceKeys keys;

  EvidenceSigner(EvidenceKeys keys) {
    this.keys = keys;
  }

  /**
   * Signed evidence, as stored in a File variable.
   *
   * @param jws in compact serialization
   * @param keyId the id of the key that signed it
   */
  public record EvidenceFile(String fileName, String mediaType, String jws, String keyId) {

    /** The content of the file. */
    public byte[] content() {
      return jws.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * Signs exactly the bytes of the payload.
   *
   * @throws IllegalStateException if this node has no signing key
   */
  public EvidenceFile sign(Evidence evidence) {
    EvidenceKey key =
        keys.signing()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "This node has no key for signing evidence; set"
                            + " signspace.evidence.private-key"));
    JWSHeader header =
        new JWSHeader.Builder(ALGORITHM).type(new JOSEObjectType(TYPE)).keyID(key.id()).build();
    JWSObject jws = new JWSObject(header, new Payload(EvidenceJson.write(evidence)));
    try {
      jws.sign(new ECDSASigner(key.jwk()));
    } catch (JOSEException e) {
      throw new IllegalStateException("Evidence cannot be signed", e);
    }
    return new EvidenceFile(
        fileName(evidence.request().title()), MEDIA_TYPE, jws.serialize(), key.id());
  }

  private static String fileName(String title) {
    String name = Normalizer.normalize(title, Normalizer.Form.NFC).replaceAll(UNSAFE, " ").strip();
    int end = name.offsetByCodePoints(0, Math.min(MAX_NAME, name.codePointCount(0, name.length())));
    String kept = name.substring(0, end).strip().replaceAll("^[.]+", "");
    return (kept.isEmpty() ? "signing" : kept) + "-evidence.jws";
  }
}
