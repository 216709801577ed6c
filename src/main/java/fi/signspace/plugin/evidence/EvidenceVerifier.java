package fi.signspace.plugin.evidence;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import fi.signspace.plugin.evidence.Verification.Invalid;
import fi.signspace.plugin.evidence.Verification.NotGenuine;
import fi.signspace.plugin.evidence.Verification.UnknownKey;
import fi.signspace.plugin.evidence.Verification.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies evidence with known keys only, never with a key contained in it. Only one format is
 * accepted: three canonical Base64url parts, a header with exactly {@code alg}, {@code typ} and
 * {@code kid}, and ES256.
 */
public final class EvidenceVerifier {

  /** Evidence with 100 documents and 100 people takes less than a tenth of this. */
  public static final int MAX_LENGTH = 2_000_000;

  private static final String NOT_EVIDENCE = "It is not evidence: ";

  private final EvidenceKeys keys;

  public EvidenceVerifier(EvidenceKeys keys) {
    this.keys = keys;
  }

  /** The components of a JWS; the parts are as they were signed. */
  private record Jws(String header, String payload, String signature, Map<String, Object> names) {}

  public Verification verify(byte[] evidence, Coverage coverage) {
    try {
      Jws jws = parse(evidence);
      String keyId = requireOurs(jws);
      byte[] payload = decode(jws.payload());
      decode(jws.signature());
      Optional<EvidenceKey> key = keys.find(keyId);
      if (key.isPresent() && !isGenuine(jws, key.get())) {
        return new NotGenuine(
            "The evidence was changed after it was signed, or was not signed with the key that it names.");
      }
      Evidence content = read(payload);
      List<String> mismatches = new ArrayList<>(coverage.mismatches(content));
      if (key.isEmpty()) {
        return new UnknownKey(keyId, content, mismatches);
      }
      if (!key.get().isValidAt(content.issuedAt())) {
        mismatches.add(0, outsideOfPeriod(content, key.get()));
      }
      return mismatches.isEmpty()
          ? new Valid(content, key.get())
          : new Invalid(content, key.get(), mismatches);
    } catch (NotEvidenceException e) {
      return new NotGenuine(e.getMessage());
    }
  }

  /** Whether a file looks like evidence, genuine or not. */
  public static boolean looksLikeEvidence(byte[] file) {
    try {
      requireOurs(parse(file));
      return true;
    } catch (NotEvidenceException e) {
      return false;
    }
  }

  private static Jws parse(byte[] evidence) throws NotEvidenceException {
    if (evidence.length == 0) {
      throw new NotEvidenceException(NOT_EVIDENCE + "it is empty.");
    }
    if (evidence.length > MAX_LENGTH) {
      throw new NotEvidenceException(NOT_EVIDENCE + "it is too long.");
    }
    String[] parts = new String(evidence, StandardCharsets.ISO_8859_1).split("\\.", -1);
    if (parts.length != 3) {
      throw new NotEvidenceException(NOT_EVIDENCE + "it is not one JWS in compact serialization.");
    }
    try {
      return new Jws(parts[0], parts[1], parts[2], EvidenceJson.header(decode(parts[0])));
    } catch (IOException e) {
      throw new NotEvidenceException(NOT_EVIDENCE + "its header is not one JSON object.");
    }
  }

  /** Returns the key id of a header that has exactly this product's format. */
  private static String requireOurs(Jws jws) throws NotEvidenceException {
    Map<String, Object> header = jws.names();
    if (!EvidenceSigner.ALGORITHM.getName().equals(header.get("alg"))) {
      throw new NotEvidenceException(
          NOT_EVIDENCE + "it is not signed with the one algorithm that is accepted, ES256.");
    }
    if (!EvidenceSigner.TYPE.equals(header.get("typ"))) {
      throw new NotEvidenceException(NOT_EVIDENCE + "it was signed for another purpose.");
    }
    if (!(header.get("kid") instanceof String keyId)
        || !header.keySet().equals(Set.of("alg", "typ", "kid"))) {
      throw new NotEvidenceException(NOT_EVIDENCE + "its header must name a key and nothing else.");
    }
    return keyId;
  }

  /**
   * Decodes canonical Base64url only: a part that has a second spelling of the same bytes is
   * rejected.
   */
  private static byte[] decode(String part) throws NotEvidenceException {
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(part);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part)) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new NotEvidenceException(
        NOT_EVIDENCE + "it is damaged or truncated (a part is not Base64url).");
  }

  private static boolean isGenuine(Jws jws, EvidenceKey key) {
    try {
      byte[] signed = (jws.header() + "." + jws.payload()).getBytes(StandardCharsets.US_ASCII);
      return new ECDSAVerifier(key.jwk())
          .verify(
              JWSHeader.parse(new Base64URL(jws.header())), signed, new Base64URL(jws.signature()));
    } catch (JOSEException | ParseException e) {
      return false;
    }
  }

  private static Evidence read(byte[] payload) throws NotEvidenceException {
    try {
      return EvidenceJson.read(payload);
    } catch (IOException | RuntimeException e) {
      throw new NotEvidenceException("The evidence %s.".formatted(e.getMessage()));
    }
  }

  private static String outsideOfPeriod(Evidence evidence, EvidenceKey key) {
    return "The evidence says that it was issued at %s, when its key %s was not in use (from %s until %s)."
        .formatted(
            evidence.issuedAt(),
            key.id(),
            key.from() == null ? "any time" : key.from(),
            key.until() == null ? "now" : key.until());
  }

  /** The message is a sentence. */
  private static final class NotEvidenceException extends Exception {

    private static final long serialVersionUID = 1L;

    NotEvidenceException(String message) {
      super(message);
    }
  }
}
