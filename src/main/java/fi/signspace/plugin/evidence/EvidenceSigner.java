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

/** Signs evidence: a JWS in compact serialization (RFC 7515), ES256 and nothing else. */
public final class EvidenceSigner {

  static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

  /** Of the header {@code typ}: no JWS for another purpose passes for evidence. */
  static final String TYPE = "signing-evidence+jws";

  private static final String MEDIA_TYPE = "application/jose";

  /** What file systems and headers of HTTP stumble over. */
  private static final String UNSAFE = "[\\p{Cntrl}\\p{Cf}\\p{Cs}\\\\/:*?\"<>|]+";

  private static final int MAX_NAME = 100;

  private final EvidenceKeys keys;

  EvidenceSigner(EvidenceKeys keys) {
    this.keys = keys;
  }

  /**
   * Signed evidence, as it is kept in a File variable.
   *
   * @param jws in compact serialization
   * @param keyId of the key that it is signed with
   */
  public record EvidenceFile(String fileName, String mediaType, String jws, String keyId) {

    /** What the file contains. */
    public byte[] content() {
      return jws.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * Signs what the bytes of the payload say.
   *
   * @throws IllegalStateException if this node has no key to sign with
   */
  public EvidenceFile sign(Evidence evidence) {
    EvidenceKey key =
        keys.signing()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "This node has no key to sign evidence with; set"
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
