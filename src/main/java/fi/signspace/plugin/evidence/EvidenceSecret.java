package fi.signspace.plugin.evidence;

import java.util.List;

/** The secret from which the evidence key is derived unless one is configured. */
@FunctionalInterface
public interface EvidenceSecret {

  /**
   * Returns the secret for one purpose, which does not reveal the secrets for other purposes. It is
   * the same after a restart, and on every node with the same configuration.
   *
   * @return at least 32 bytes
   */
  byte[] secretFor(String purpose);

  /**
   * Returns former secrets, so that earlier evidence can be verified without further configuration.
   */
  default List<byte[]> formerSecretsFor(String purpose) {
    return List.of();
  }
}
