package fi.signspace.plugin.api.mail;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.mail.NotifiedRequests.NotifiedRequest;
import fi.signspace.plugin.api.mail.NotifiedRequests.Person;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipientTest {

  private static final Set<EventType> ALL = Recipient.FOR_PARTICIPANTS;

  /** Rita wants the signatures; Anna has signed, Bo can sign, Cleo cannot yet, Dan watches. */
  private static NotifiedRequest request(
      String status, boolean isOfList, @Nullable String requester, String... responsible) {
    return new NotifiedRequest(
        "Lease",
        null,
        "request-1",
        status,
        EnumSet.allOf(End.class).stream().anyMatch(end -> end.name().equals(status)),
        isOfList,
        null,
        requester,
        null,
        3,
        1,
        List.of(
            new Person("anna@x.fi", "Anna", true, true, false),
            new Person("bo@x.fi", "Bo", true, false, true),
            new Person("cleo@x.fi", "Cleo", true, false, false),
            new Person("dan@x.fi", "Dan", false, false, false)),
        List.of(),
        List.of(responsible));
  }

  private enum End {
    signed,
    cancelled,
    abandoned
  }

  private static String of(EventType type, NotifiedRequest request) {
    return String.join(
        " ",
        Recipient.of(type, request, ALL).stream()
            .map(to -> to.address().replace("@x.fi", "") + ":" + to.audience().key())
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "SENT, awaiting, rita:requester",
    "SIGNED, awaiting, rita:requester",
    "REMINDED, awaiting, bo:participant rita:requester",
    "REMINDED, signed, ''",
    "DUE_SOON, awaiting, bo:participant rita:requester",
    "DECLINED, awaiting, rita:requester anna:participant",
    "CANCELLED, needsDecision, rita:requester anna:participant bo:participant cleo:participant",
    "CANCELLED, cancelled, rita:requester anna:participant bo:participant cleo:participant",
    "CANCELLED, awaiting, ''",
    "CANCELLED, working, ''",
    "CANCELLED, signed, ''",
    "DECISION_NEEDED, needsDecision, rita:requester",
    "DECISION_NEEDED, needsCorrection, rita:requester",
    "DECISION_NEEDED, awaiting, ''",
    "OVERDUE, awaiting, rita:requester",
    "OVERDUE, signed, ''",
    "DECISION_NEEDED, cancelled, ''",
    "ENDED, signed, rita:requester",
    "ENDED, cancelled, ''",
    "ENDED, abandoned, rita:requester",
  })
  void who_is_notified(EventType type, String status, String expected) {
    assertThat(of(type, request(status, false, "rita@x.fi"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "SENT, awaiting, ''",
    "SIGNED, awaiting, ''",
    "OVERDUE, awaiting, rita:requester",
    "ENDED, signed, ''",
    "ENDED, abandoned, rita:requester",
  })
  void the_sender_of_a_list_is_notified_of_what_needs_attention(
      EventType type, String status, String expected) {
    assertThat(of(type, request(status, true, "rita@x.fi"))).isEqualTo(expected);
  }

  @Test
  void one_person_gets_one_mail_in_whichever_roles() {
    NotifiedRequest request = request("awaiting", false, "BO@x.fi", "Bo@X.fi", "eve@x.fi");

    assertThat(of(EventType.REMINDED, request)).isEqualTo("bo:participant");
    assertThat(Recipient.of(EventType.ESCALATED, request, ALL))
        .containsExactlyInAnyOrder(
            new Recipient("Bo@X.fi", Recipient.Audience.RESPONSIBLE),
            new Recipient("eve@x.fi", Recipient.Audience.RESPONSIBLE));
  }

  @Test
  void what_is_no_address_gets_no_mail() {
    assertThat(of(EventType.SENT, request("awaiting", false, "rita\r\nBcc: a@x.fi"))).isEmpty();
    assertThat(of(EventType.SENT, request("awaiting", false, null))).isEmpty();
  }
}
