package fi.signspace.plugin.encryption;

/** A cipher with a generated key, as on a node without configured keys. */
public final class TestNins {

  /** Shared, since generating the key takes a moment. */
  static final Keys KEYS = Keys.generated();

  public static final NinCipher CIPHER = new NinCipher(KEYS);

  private TestNins() {}
}
