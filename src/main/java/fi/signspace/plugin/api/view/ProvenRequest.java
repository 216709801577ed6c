package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.view.SigningRequestView.Participant;
import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import fi.signspace.plugin.evidence.Evidence;
import fi.signspace.plugin.process.SigningState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been sent and signed, proven by evidence or the sealed state. The variables of a sent
 * request prove nothing, since they may have been changed afterwards.
 *
 * @param state of a request without evidence, which shows whether variables have its signatures
 */
record ProvenRequest(
    @Nullable String id,
    @Nullable String title,
    @Nullable List<Participant> participants,
    Signed signatures,
    @Nullable SigningState state) {

  /** The request may have been sent, but its content cannot be read here. */
  static final ProvenRequest UNREADABLE = new ProvenRequest(null, null, null, Signed.NOTHING, null);

  /** What SignSpace reported about signatures. */
  record Signed(
      @Nullable Integer requested, @Nullable Integer completed, @Nullable List<Signature> given) {

    static final Signed NOTHING = new Signed(null, null, null);
  }

  static ProvenRequest of(Evidence evidence) {
    return new ProvenRequest(
        evidence.request().id(),
        evidence.request().title(),
        evidence.participants().stream()
            .map(p -> new Participant(p.handle(), p.role(), p.displayName(), null))
            .toList(),
        signed(evidence.signatures()),
        null);
  }

  /** Of a state that has a request. */
  static ProvenRequest of(SigningState state) {
    SigningState.SentRequest request = state.requireRequest();
    return new ProvenRequest(
        request.id(),
        request.creation().title(),
        request.creation().knownParticipants().stream()
            .map(p -> new Participant(p.handle(), p.role(), p.displayName(), p.position()))
            .toList(),
        Signed.NOTHING,
        state);
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
