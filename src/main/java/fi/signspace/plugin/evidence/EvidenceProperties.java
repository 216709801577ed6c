package fi.signspace.plugin.evidence;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The evidence keys ({@code signspace.evidence.*}), each as text or as a location like {@code
 * file:/run/secrets/evidence.pem}.
 *
 * @param privateKey an EC key on the curve P-256 in PEM, for nodes with workers
 * @param publicKeys further and retired public keys, as a JWK set or in PEM, for nodes with an
 *     engine
 */
@ConfigurationProperties("signspace.evidence")
record EvidenceProperties(@Nullable String privateKey, @Nullable String publicKeys) {

  /** Excludes the key. */
  @Override
  public String toString() {
    return "EvidenceProperties";
  }
}
