package fi.signspace.plugin.signing.status;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.status.SentRequest.Participant;
import fi.signspace.plugin.signing.text.DisplayText;
import fi.signspace.plugin.signing.text.Handles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether a request counts as signed. SignSpace guarantees only {@code signed_files}; other
 * values must not contradict it, and missing values do not block it.
 */
final class SignedRules {

  private static final String UNTIL_THEN =
      " It does not count as signed: have it corrected in SignSpace and keep waiting, or ask an administrator to end the case.";

  /** What a person has to read in one sentence, in characters. */
  private static final int MAX_NAMES = 500;

  /**
   * @param state a request with the status complete
   * @return why it does not count as signed, in one sentence for a case worker; empty if it does
   */
  static Optional<String> whyNotSigned(RequestState state, SentRequest sent) {
    long documents =
        state.signedFileIds().stream().filter(id -> !sent.otherFileIds().contains(id)).count();
    if (documents < Math.max(1, sent.fileIds().size())) {
      return Optional.of(
          "SignSpace calls the signing request complete but does not have every signed document:"
              + " keep waiting for them, or ask an administrator to end the case.");
    }
    if (hasUnknownDocuments(state, sent)) {
      return Optional.of(
          "SignSpace calls the signing request complete, but a replacement of its documents was interrupted, and SignSpace does not show which ones it has."
              + UNTIL_THEN);
    }
    if (hasOtherDocuments(state, sent)) {
      return Optional.of(
          "SignSpace calls the signing request complete, but its documents are not the ones that were sent."
              + UNTIL_THEN);
    }
    if (state.signedFileIds().stream().anyMatch(sent.outdatedFileIds()::contains)) {
      return Optional.of(
          "SignSpace calls the signing request complete, but a file that it gives as signed is a document as it was sent, a second copy of another one, or one that had been replaced."
              + UNTIL_THEN);
    }
    List<String> missing = missingSigners(state, sent);
    if (!missing.isEmpty() && !hasOtherCount(state, sent)) {
      return Optional.of(
          "SignSpace calls the signing request complete, but shows no signature of "
              + DisplayText.truncate(String.join(", ", missing), MAX_NAMES)
              + "."
              + UNTIL_THEN);
    }
    return lacksSignatures(state, sent)
        ? Optional.of(
            "SignSpace calls the signing request complete, but signatures are missing."
                + UNTIL_THEN)
        : Optional.empty();
  }

  /** What is known against a request after a response. */
  static Doubts doubts(RequestState state, SentRequest sent) {
    return new Doubts(
        hasOtherDocuments(state, sent) || hasUnknownDocuments(state, sent),
        state.status() == SigningStatus.COMPLETE && lacksSignatures(state, sent));
  }

  /** Whether SignSpace reports, or has reported last, other documents than the process has sent. */
  static boolean hasOtherDocuments(RequestState state, SentRequest sent) {
    return state.fileIds().isEmpty()
        ? sent.doubts().otherDocuments()
        : !Set.copyOf(state.fileIds()).equals(Set.copyOf(sent.fileIds()));
  }

  /** Whether a complete request lacks signatures as far as SignSpace reports, or has reported. */
  private static boolean lacksSignatures(RequestState state, SentRequest sent) {
    return hasOtherCount(state, sent)
        || !missingSigners(state, sent).isEmpty()
        || hasFewSignatures(state, sent)
        || (!areCounted(state) && hasUnsigned(state, sent))
        || (!areComparable(state) && !areCounted(state) && sent.doubts().missingSignatures());
  }

  /** Someone who is not known by name may be any signer whose signature is not known. */
  private static boolean hasUnsigned(RequestState state, SentRequest sent) {
    boolean areAllKnown = areComparable(state) && missingSigners(state, sent).isEmpty();
    Set<String> signed = signers(state).collect(Collectors.toSet());
    return !areAllKnown
        && state.unsigned().stream()
            .map(Handles::key)
            .filter(name -> !signed.contains(name))
            .map(name -> namesakes(name, sent))
            .anyMatch(
                namesakes ->
                    namesakes.isEmpty() || namesakes.stream().anyMatch(Participant::isSigner));
  }

  private static boolean areCounted(RequestState state) {
    return state.signaturesRequested() != null && state.signaturesCompleted() != null;
  }

  /** Each count says something without the other one. */
  private static boolean hasOtherCount(RequestState state, SentRequest sent) {
    Integer requested = state.signaturesRequested();
    Integer completed = state.signaturesCompleted();
    int signers = sent.signers().size();
    // fewer requested than signers were asked: some of them were removed
    return (requested != null && requested < signers)
        || (completed != null && completed < signers)
        || (requested != null && completed != null && !requested.equals(completed));
  }

  /**
   * Signatures may be listed by handle or by name, and the name need not be the one that was sent.
   * So a listed person who is not known as a participant may be any signer, but only one. Without
   * counts, a name that is listed twice is one person, who has signed two documents or twice, and a
   * name that a known signatory has may be another entry for the same person.
   */
  private static boolean hasFewSignatures(RequestState state, SentRequest sent) {
    boolean areCounted = areCounted(state);
    // a list of fewer people than were counted is incomplete
    if (state.signedData() == null
        || (areCounted && state.signatures().size() < sent.signers().size())) {
      return false;
    }
    long unnamed = state.signatures().stream().filter(given -> given.signedBy() == null).count();
    List<Participant> missing = new ArrayList<>(sent.signers());
    List<String> others = new ArrayList<>();
    (areCounted ? signers(state) : signers(state).distinct())
        .sorted(Comparator.comparing(name -> !Handles.isEmail(name)))
        .forEach(
            name -> {
              List<Participant> namesakes = namesakes(name, sent);
              if (namesakes.isEmpty()) {
                others.add(name);
              } else if (areCounted || !hasAnySigned(namesakes, missing)) {
                namesakes.stream().filter(missing::contains).findFirst().ifPresent(missing::remove);
              }
            });
    return missing.size() > unnamed + others.size();
  }

  /** The participants who may be meant: several people may have one name. */
  private static List<Participant> namesakes(String name, SentRequest sent) {
    return sent.participants().stream()
        .filter(
            one ->
                Handles.key(one.handle()).equals(name)
                    || (one.name() != null && Handles.key(one.name()).equals(name)))
        .toList();
  }

  private static boolean hasAnySigned(List<Participant> namesakes, List<Participant> missing) {
    return namesakes.stream().anyMatch(one -> one.isSigner() && !missing.contains(one));
  }

  /** Whether SignSpace does not report the documents after an interrupted replacement. */
  static boolean hasUnknownDocuments(RequestState state, SentRequest sent) {
    return sent.isReplacementInDoubt() && state.fileIds().isEmpty();
  }

  /** Signers without a signature; none if signatures are not comparable. */
  private static List<String> missingSigners(RequestState state, SentRequest sent) {
    if (!areComparable(state)) {
      return List.of();
    }
    Set<String> signed = signers(state).collect(Collectors.toSet());
    return sent.signers().stream()
        .map(Participant::handle)
        .filter(handle -> Handles.isEmail(Handles.key(handle)))
        .filter(handle -> !signed.contains(Handles.key(handle)))
        .toList();
  }

  /** Only if all signatures contain e-mail addresses; SignSpace may return names instead. */
  private static boolean areComparable(RequestState state) {
    return !state.signatures().isEmpty()
        && state.signatures().stream().allMatch(given -> given.signedBy() != null)
        && signers(state).allMatch(Handles::isEmail);
  }

  private static Stream<String> signers(RequestState state) {
    return state.signatures().stream()
        .map(RequestState.Signature::signedBy)
        .filter(Objects::nonNull)
        .map(Handles::key);
  }

  private SignedRules() {}
}
