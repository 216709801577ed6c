package fi.signspace.plugin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.api.SigningRequestView.Participant;
import fi.signspace.plugin.api.SigningRequestView.Signature;
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
          new Participant("anna@example.com", "signer", null),
          new Participant("ben@example.com", "signer", null),
          new Participant("eva@example.com", "watcher", null));

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
    ParticipantStates states = new ParticipantStates(completed, given, PEOPLE);

    assertThat(PEOPLE.subList(0, 2)).map(states::of).map(Participant::state).isEqualTo(expected);
    assertThat(states.of(PEOPLE.get(2))).isEqualTo(PEOPLE.get(2));
  }

  @Test
  void a_signature_has_its_time() {
    ParticipantStates states = new ParticipantStates(1, List.of(by("anna@example.com")), PEOPLE);

    assertThat(states.of(PEOPLE.get(0)).at()).isEqualTo(AT);
  }
}
