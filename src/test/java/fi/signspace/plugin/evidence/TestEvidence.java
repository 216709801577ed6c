package fi.signspace.plugin.evidence;

/** Evidence as the tests sign and read it. */
public final class TestEvidence {

  private static final EvidenceKeys KEYS = Samples.keys("secret of the tests");

  public static final EvidenceSigner SIGNER = new EvidenceSigner(KEYS);

  public static final EvidenceVerifier VERIFIER = new EvidenceVerifier(KEYS);

  private TestEvidence() {}
}
