package fi.signspace.plugin.api;

import fi.signspace.plugin.api.SigningRequestView.Participant;
import fi.signspace.plugin.api.SigningRequestView.Signature;
import fi.signspace.plugin.evidence.Evidence;
import fi.signspace.plugin.process.SigningState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and signed, as evidence or the sealed state proves it. The variables of a request
 * that was sent may have been changed since, by anyone who can write variables.
 *
 * @param signatures null where only variables tell them
 */
record ProvenRequest(
    @Nullable String id,
    @Nullable String title,
    @Nullable List<Participant> participants,
    @Nullable Signed signatures) {

  /** It was sent, perhaps, and what was sent cannot be read here. */
  static final ProvenRequest UNREADABLE = new ProvenRequest(null, null, null, Signed.NOTHING);

  /** What SignSpace told of signatures. */
  record Signed(
      @Nullable Integer requested, @Nullable Integer completed, @Nullable List<Signature> given) {

    static final Signed NOTHING = new Signed(null, null, null);
  }

  static ProvenRequest of(Evidence evidence) {
    return new ProvenRequest(
        evidence.request().id(),
        evidence.request().title(),
        evidence.participants().stream()
            .map(p -> new Participant(p.handle(), p.role(), p.displayName()))
            .toList(),
        signed(evidence.signatures()));
  }

  static ProvenRequest of(SigningState.SentRequest request) {
    return new ProvenRequest(
        request.id(),
        request.creation().title(),
        request.creation().participants().stream()
            .map(p -> new Participant(p.handle(), p.role(), p.displayName()))
            .toList(),
        null);
  }

  private static Signed signed(Evidence.Signatures signatures) {
    List<Evidence.Signature> given = signatures.given();
    return new Signed(
        signatures.requested(),
        signatures.completed(),
        given == null
            ? null
            : given.stream()
                .map(s -> new Signature(s.signedBy(), s.signedAt(), s.documentsReplacedAt()))
                .toList());
  }
}
