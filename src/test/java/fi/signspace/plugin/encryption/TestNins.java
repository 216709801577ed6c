package fi.signspace.plugin.encryption;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/** A cipher with a key of its own, as on a node without configured keys. */
public final class TestNins {

  static final Keys KEYS = newKeys();

  public static final NinCipher CIPHER = new NinCipher(KEYS);

  private TestNins() {}

  /** As short as allowed: longer ones take seconds to generate. */
  static Keys newKeys() {
    try {
      return new Keys(new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
