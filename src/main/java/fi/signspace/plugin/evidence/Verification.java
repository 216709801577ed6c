package fi.signspace.plugin.evidence;

import java.util.List;

/** What is found out about evidence and the documents that are with it. */
public sealed interface Verification {

  /** Genuine, and it covers exactly what is there. */
  record Valid(Evidence evidence, EvidenceKey key) implements Verification {}

  /**
   * Genuine, but it does not cover exactly what is there, or its key was not in use.
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
   * Signed by a key that is not known here: neither genuine nor false.
   *
   * @param claimed what it says, which anybody could have written
   * @param mismatches one sentence each for what would be wrong even if it is genuine
   */
  record UnknownKey(String keyId, Evidence claimed, List<String> mismatches)
      implements Verification {

    public UnknownKey {
      mismatches = List.copyOf(mismatches);
    }
  }

  /**
   * Not evidence at all, or not as it was signed.
   *
   * @param reason a sentence
   */
  record NotGenuine(String reason) implements Verification {}
}
