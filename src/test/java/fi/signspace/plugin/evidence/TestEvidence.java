package fi.signspace.plugin.evidence;

/** Signs and reads evidence for tests. */
public final class TestEvidence {

  private static final EvidenceKeys KEYS = Samples.keys("secret of the tests");

  public static final EvidenceSigner SIGNER = new EvidenceSigner(KEYS);

  public static final EvidenceVerifier VERIFIER = new EvidenceVerifier(KEYS);

  private TestEvidence() {}
}
