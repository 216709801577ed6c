package fi.signspace.plugin.evidence;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys of evidence ({@code signspace.evidence.*}), each as the text itself or as a location
 * like {@code file:/run/secrets/evidence.pem}.
 *
 * @param privateKey an EC key on the curve P-256 in PEM, on nodes with workers
 * @param publicKeys further and retired public keys, a JWK set or PEM, on nodes with an engine
 */
@ConfigurationProperties("signspace.evidence")
record EvidenceProperties(@Nullable String privateKey, @Nullable String publicKeys) {

  /** Without the key. */
  @Override
  public String toString() {
    return "EvidenceProperties";
  }
}
