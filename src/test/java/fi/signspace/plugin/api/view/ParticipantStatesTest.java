package fi.signspace.plugin.api.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.api.view.SigningRequestView.Participant;
import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParticipantStatesTest {

  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<Participant> PEOPLE =
      List.of(
          new Participant("anna@example.com", "signer", null, null),
          new Participant("ben@example.com", "signer", null, null),
          new Participant("eva@example.com", "watcher", null, null));

  private static final List<Participant> IN_ORDER =
      List.of(
          new Participant("ben@example.com", "signer", null, 2),
          new Participant("anna@example.com", "signer", null, 1),
          new Participant("carl@example.com", "signer", null, 2));

  static Stream<Arguments> responses() {
    return Stream.of(
        arguments(0, List.of(), List.of("waiting", "waiting")),
        arguments(null, null, List.of("unknown", "unknown")),
        arguments(1, null, List.of("unknown", "unknown")),
        arguments(1, List.of(by("ANNA@example.com")), List.of("signed", "waiting")),
        arguments(1, List.of(by("Anna Virtanen")), List.of("unknown", "unknown")),
        arguments(2, List.of(by("anna@example.com")), List.of("signed", "unknown")),
        arguments(2, List.of(by("anna@example.com"), by(null)), List.of("signed", "unknown")),
        arguments(
            1, List.of(new Signature("anna@example.com", AT, AT)), List.of("waiting", "waiting")));
  }

  private static Signature by(@Nullable String person) {
    return new Signature(person, AT, null);
  }

  @ParameterizedTest
  @MethodSource("responses")
  void a_signer_has_the_state_that_signspace_tells(
      @Nullable Integer completed, @Nullable List<Signature> given, List<String> expected) {
    ParticipantStates states = new ParticipantStates(completed, given, PEOPLE, false);

    assertThat(PEOPLE.subList(0, 2)).map(states::of).map(Participant::state).isEqualTo(expected);
    assertThat(states.of(PEOPLE.get(2))).isEqualTo(PEOPLE.get(2));
  }

  static Stream<Arguments> ordered() {
    return Stream.of(
        arguments(List.of(), List.of("waiting", "next", "waiting")),
        arguments(List.of(by("anna@example.com")), List.of("next", "signed", "next")),
        arguments(
            List.of(by("anna@example.com"), by("ben@example.com")),
            List.of("signed", "signed", "next")));
  }

  @ParameterizedTest
  @MethodSource("ordered")
  void who_signs_next_follows_from_the_positions(List<Signature> given, List<String> expected) {
    ParticipantStates states = new ParticipantStates(given.size(), given, IN_ORDER, false);

    assertThat(IN_ORDER).map(states::of).map(Participant::state).isEqualTo(expected);
  }

  @Test
  void someone_has_declined_if_no_one_else_is_left() {
    List<Signature> given = List.of(by("anna@example.com"));

    assertThat(PEOPLE.subList(0, 2))
        .map(new ParticipantStates(1, given, PEOPLE, true)::of)
        .map(Participant::state)
        .containsExactly("signed", "declined");
    assertThat(PEOPLE.subList(0, 2))
        .map(new ParticipantStates(0, List.of(), PEOPLE, true)::of)
        .map(Participant::state)
        .containsOnly("unknown");
  }

  @Test
  void a_signature_has_its_time() {
    ParticipantStates states =
        new ParticipantStates(1, List.of(by("anna@example.com")), PEOPLE, false);

    assertThat(states.of(PEOPLE.get(0)).at()).isEqualTo(AT);
  }
}
