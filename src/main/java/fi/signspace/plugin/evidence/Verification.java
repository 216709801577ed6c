package fi.signspace.plugin.evidence;

import java.util.List;

/** The result of verifying evidence and its documents. */
public sealed interface Verification {

  /** Genuine, and covers exactly the given documents. */
  record Valid(Evidence evidence, EvidenceKey key) implements Verification {}

  /**
   * Genuine, but does not cover exactly the given documents, or its key was not in use.
   *
   * @param mismatches one sentence each
   */
  record Invalid(Evidence evidence, EvidenceKey key, List<String> mismatches)
      implements Verification {

    public Invalid {
      mismatches = List.copyOf(mismatches);
    }
  }

  /**
   * Signed with an unknown key: neither genuine nor forged.
   *
   * @param claimed the content, which anyone could have written
   * @param mismatches one sentence for each mismatch that would remain even if it were genuine
   */
  record UnknownKey(String keyId, Evidence claimed, List<String> mismatches)
      implements Verification {

    public UnknownKey {
      mismatches = List.copyOf(mismatches);
    }
  }

  /**
   * Not evidence, or changed after it was signed.
   *
   * @param reason a sentence
   */
  record NotGenuine(String reason) implements Verification {}
}
