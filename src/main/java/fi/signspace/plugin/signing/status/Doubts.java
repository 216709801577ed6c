package fi.signspace.plugin.signing.status;

/**
 * What SignSpace has reported against a request. A response that says nothing about it settles
 * nothing: only the opposite does.
 *
 * @param otherDocuments whether it had other documents than were sent
 * @param missingSignatures whether it was complete without every signature
 */
public record Doubts(boolean otherDocuments, boolean missingSignatures) {

  public static final Doubts NONE = new Doubts(false, false);

  /** Whether something is in doubt that was not before. */
  boolean exceed(Doubts earlier) {
    return (otherDocuments && !earlier.otherDocuments)
        || (missingSignatures && !earlier.missingSignatures);
  }
}
