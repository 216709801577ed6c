package fi.signspace.plugin.evidence;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs or verifies evidence. Its id is the thumbprint of the public key (RFC 7638),
 * whatever id it came with; its validity period is in the members {@code nbf} and {@code exp}.
 */
public final class EvidenceKey {

  private final ECKey key;

  private EvidenceKey(ECKey key) {
    this.key = key;
  }

  /**
   * @throws IllegalArgumentException if it is not on the supported curve
   */
  static EvidenceKey of(ECKey key) {
    if (!Curve.P_256.equals(key.getCurve())) {
      throw new IllegalArgumentException("is not an EC key on the curve P-256");
    }
    try {
      return new EvidenceKey(
          new ECKey.Builder(key)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyIDFromThumbprint()
              .build());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("has no thumbprint", e);
    }
  }

  /** The thumbprint, which evidence refers to. */
  public String id() {
    return key.getKeyID();
  }

  /** When the key came into use, if known. */
  public @Nullable Instant from() {
    return instant(key.getNotBeforeTime());
  }

  /** When it was retired: evidence issued at or after this time is not valid. */
  public @Nullable Instant until() {
    return instant(key.getExpirationTime());
  }

  /** Whether it may have signed evidence that was issued at this time. */
  public boolean isValidAt(Instant moment) {
    Instant from = from();
    return (from == null || !moment.isBefore(from)) && !isRetiredBy(moment);
  }

  public boolean isRetiredBy(Instant moment) {
    Instant until = until();
    return until != null && !moment.isBefore(until);
  }

  ECKey jwk() {
    return key;
  }

  EvidenceKey publicHalf() {
    return new EvidenceKey(key.toPublicJWK());
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
