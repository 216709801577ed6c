package fi.signspace.plugin.encryption;

import com.nimbusds.jose.JOSEObjectType;

/**
 * Seals the rows of a list between their validation and their sending. The seal proves that this
 * product has validated them, but not for which instance: the content has to name it.
 */
public final class ListSeal {

  private static final String PURPOSE = "bulk-list";

  private final SealKeys keys;
  private final Seal seal;

  ListSeal(SealKeys keys) {
    this.keys = keys;
    this.seal = new Seal(keys, PURPOSE, new JOSEObjectType("bulk-list+jws"));
  }

  /** Whether this node can seal. */
  public boolean isPresent() {
    return keys.isPresent();
  }

  public String seal(byte[] content) {
    return seal.seal(content);
  }

  /**
   * @throws UnknownSealKeyException if it was sealed with a key that only another node knows
   * @throws BrokenSealException if it was not sealed by one of our nodes
   */
  public byte[] open(String sealed) {
    return seal.open(sealed).content();
  }
}
