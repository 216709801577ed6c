package fi.signspace.plugin.encryption;

/** A cipher with a key of its own, as a node has that is not configured. */
public final class TestNins {

  /** Made once: it takes a moment. */
  static final Keys KEYS = Keys.generated();

  public static final NinCipher CIPHER = new NinCipher(KEYS);

  private TestNins() {}
}
