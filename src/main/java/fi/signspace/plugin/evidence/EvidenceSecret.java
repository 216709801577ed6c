package fi.signspace.plugin.evidence;

import java.util.List;

/** Where the evidence key is derived from, unless one is configured. */
@FunctionalInterface
public interface EvidenceSecret {

  /**
   * A secret for one purpose, from which those for other purposes cannot be told. The same after a
   * restart, and on every node with the same configuration.
   *
   * @return 32 bytes or more
   */
  byte[] secretFor(String purpose);

  /** What it was before: evidence from then is verified without further configuration. */
  default List<byte[]> formerSecretsFor(String purpose) {
    return List.of();
  }
}
