package fi.signspace.plugin.api.mail;

import static java.util.stream.Collectors.toCollection;

import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.mail.NotifiedRequests.NotifiedRequest;
import fi.signspace.plugin.api.mail.NotifiedRequests.Person;
import fi.signspace.plugin.signing.text.Handles;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The recipient of a mail, with the role that the text depends on. Each address gets one mail about
 * an event.
 */
record Recipient(String address, Audience audience) {

  /** The role of a recipient in the request; the texts depend on it. */
  enum Audience {
    REQUESTER("requester"),
    RESPONSIBLE("responsible"),
    DEPUTY("deputy"),
    PARTICIPANT("participant");

    private final String key;

    Audience(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  /** A list has a result of its own, and its sender no need for a mail about each success. */
  private static final Set<EventType> NOT_OF_LISTS =
      EnumSet.of(EventType.SENT, EventType.SENT_AGAIN, EventType.SIGNED);

  /** Events after which something can be done, as long as the request has not ended. */
  private static final Set<EventType> ONLY_RUNNING =
      EnumSet.of(EventType.REMINDED, EventType.ESCALATED, EventType.DUE_SOON, EventType.OVERDUE);

  /**
   * What is no longer true after a decision: a request that was re-opened or sent again while the
   * mail waited can be signed.
   */
  private static final Map<EventType, Set<String>> ONLY_IN =
      Map.of(
          EventType.CANCELLED, Set.of("needsDecision", "cancelled"),
          EventType.DECISION_NEEDED, Set.of("needsDecision", "needsCorrection"));

  /** Events about which participants may be notified, too. */
  static final Set<EventType> FOR_PARTICIPANTS =
      EnumSet.of(EventType.REMINDED, EventType.DUE_SOON, EventType.DECLINED, EventType.CANCELLED);

  /**
   * Returns who is to be notified of an event of a request in its present state: a former
   * participant is not.
   *
   * @param toParticipants the events about which participants are notified
   */
  static List<Recipient> of(
      EventType type, NotifiedRequest request, Set<EventType> toParticipants) {
    if (isSilent(type, request)) {
      return List.of();
    }
    List<Recipient> all = new ArrayList<>();
    if (request.requester() != null) {
      all.add(new Recipient(request.requester(), Audience.REQUESTER));
    }
    if (type == EventType.ESCALATED) {
      request.responsible().forEach(to -> all.add(0, new Recipient(to, Audience.RESPONSIBLE)));
    }
    if (toParticipants.contains(type)) {
      // somebody who is asked to sign should read that first
      int place = type == EventType.DECLINED || type == EventType.CANCELLED ? all.size() : 0;
      all.addAll(place, concerned(type, request).map(Recipient::participant).toList());
    }
    return distinct(all.stream());
  }

  /** The deputies to whom a task of the request was offered, if it still has to be done. */
  static List<Recipient> deputies(EventType type, NotifiedRequest request, List<String> addresses) {
    return isSilent(type, request)
        ? List.of()
        : distinct(addresses.stream().map(to -> new Recipient(to, Audience.DEPUTY)));
  }

  private static List<Recipient> distinct(Stream<Recipient> all) {
    Set<String> known = new HashSet<>();
    return all.filter(recipient -> Handles.isEmail(recipient.address()))
        .filter(recipient -> known.add(Handles.key(recipient.address())))
        .collect(toCollection(ArrayList::new));
  }

  private static Recipient participant(Person person) {
    return new Recipient(person.address(), Audience.PARTICIPANT);
  }

  private static boolean isSilent(EventType type, NotifiedRequest request) {
    if (type == EventType.ENDED) {
      // the cancellation has been an event of its own
      return request.status().equals("cancelled") || (request.isOfList() && request.isSigned());
    }
    return !ONLY_IN.getOrDefault(type, Set.of(request.status())).contains(request.status())
        || (request.isEnded() && ONLY_RUNNING.contains(type))
        || (request.isOfList() && NOT_OF_LISTS.contains(type));
  }

  private static Stream<Person> concerned(EventType type, NotifiedRequest request) {
    return request.participants().stream()
        .filter(Person::isSigner)
        .filter(
            person ->
                switch (type) {
                  case REMINDED, DUE_SOON -> person.isAwaited();
                  case DECLINED -> person.hasSigned();
                  default -> true;
                });
  }
}
