package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.signing.text.Handles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the data of requests that mails contain, verified as in the API. */
@FunctionalInterface
public interface NotifiedRequests {

  /**
   * @param id of the process instance
   * @return empty if the request is no longer in the engine's history
   */
  Optional<NotifiedRequest> of(String id);

  /**
   * A request.
   *
   * @param signingRequestId its id in SignSpace; null before it was sent
   * @param status as the API reports it
   * @param isOfList whether a list has started it
   * @param requester the address of the person who wants the signatures
   * @param participants those whom it was sent to; empty if unknown
   * @param signedBy who has signed, in order; an element is empty if unknown
   * @param responsible the addresses of those to whom it is escalated
   */
  record NotifiedRequest(
      String title,
      @Nullable String businessKey,
      @Nullable String signingRequestId,
      String status,
      boolean isEnded,
      boolean isOfList,
      @Nullable String language,
      @Nullable String requester,
      @Nullable Instant dueAt,
      @Nullable Integer requested,
      @Nullable Integer completed,
      List<Person> participants,
      List<Optional<String>> signedBy,
      List<String> responsible) {

    boolean isSigned() {
      return status.equals("signed");
    }

    /** Whether it counts as signed although someone has only signed documents since replaced. */
    boolean hasSignatureOfFormerDocuments() {
      return isSigned()
          && participants.stream()
              .filter(person -> person.isSigner() && !person.hasSigned())
              .anyMatch(
                  person -> signedBy.stream().flatMap(Optional::stream).anyMatch(person::isAt));
    }

    /** The name of a participant; the handle if there is none. */
    String name(String handle) {
      return participants.stream()
          .filter(person -> person.isAt(handle))
          .map(Person::name)
          .findFirst()
          .orElse(handle);
    }
  }

  /**
   * A participant.
   *
   * @param isAwaited whether it is certain that this person can sign now and has not yet
   */
  record Person(
      String address, String name, boolean isSigner, boolean hasSigned, boolean isAwaited) {

    boolean isAt(String handle) {
      return Handles.key(address).equals(Handles.key(handle));
    }
  }
}
