package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.view.SigningRequestView.Participant;
import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import fi.signspace.plugin.signing.text.Handles;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Determines the state of each participant. SignSpace reports who has signed, but neither whose
 * turn it is nor who has declined.
 */
final class ParticipantStates {

  private final List<Signature> given;
  private final boolean isComplete;
  private final List<Participant> missing;
  private final boolean isDeclined;

  /**
   * @param completed the number of signatures, if known
   * @param given the signatures, if known
   * @param participants all participants
   * @param isDeclined whether SignSpace says that someone has declined
   */
  ParticipantStates(
      @Nullable Integer completed,
      @Nullable List<Signature> given,
      List<Participant> participants,
      boolean isDeclined) {
    this.given = Objects.requireNonNullElse(given, List.of());
    List<String> handles = participants.stream().map(p -> Handles.key(p.handle())).toList();
    boolean areAllNamed =
        this.given.stream()
            .allMatch(
                signature ->
                    signature.signedBy() != null
                        && handles.contains(Handles.key(signature.signedBy())));
    isComplete = completed != null && areAllNamed && completed <= this.given.size();
    missing =
        participants.stream()
            .filter(Participant::signs)
            .filter(participant -> signature(participant).isEmpty())
            .toList();
    this.isDeclined = isDeclined;
  }

  /** Returns the participant with a state; someone who only watches has none. */
  Participant of(Participant participant) {
    if (!participant.signs()) {
      return participant;
    }
    Optional<Signature> signature = signature(participant);
    String state =
        signature.isPresent() ? "signed" : isComplete ? stateOfMissing(participant) : "unknown";
    return new Participant(
        participant.handle(),
        participant.role(),
        participant.displayName(),
        participant.position(),
        state,
        signature.map(Signature::signedAt).orElse(null));
  }

  /**
   * SignSpace does not report who has declined; if one signature is missing, it was that signer.
   */
  private String stateOfMissing(Participant participant) {
    if (isDeclined) {
      return missing.size() == 1 ? "declined" : "unknown";
    }
    Integer position = participant.position();
    boolean isNext =
        position != null
            && missing.stream()
                .map(Participant::position)
                .noneMatch(other -> other != null && other < position);
    return isNext ? "next" : "waiting";
  }

  private Optional<Signature> signature(Participant participant) {
    return given.stream()
        .filter(one -> one.signedBy() != null && one.documentsReplacedAt() == null)
        .filter(one -> Handles.key(one.signedBy()).equals(Handles.key(participant.handle())))
        .findFirst();
  }
}
