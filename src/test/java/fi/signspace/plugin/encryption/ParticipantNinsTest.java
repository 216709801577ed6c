package fi.signspace.plugin.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipantNinsTest {

  private static final String NIN = "131052-308T";

  @Test
  void encrypted_codes_are_allowed_and_optional() {
    Object participants =
        json(
            """
            [{"handle": "a@example.com", "nin": "%s"}, {"handle": "b@example.com"},
             {"nin": ""}, {"nin": null}]
            """
                .formatted(TestNins.CIPHER.encrypt(NIN)));

    assertThat(ParticipantNins.plaintextNins(participants)).isEmpty();
    assertThat(ParticipantNins.any(participants)).isTrue();
    assertThat(ParticipantNins.any(ParticipantNins.without(participants))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{}, {\"nin\": \"131052-308T\"}]",
        "[{}, {\"nin\": \"131052-308X\"}]",
        "[{}, {\"NIN\": \"1\"}]",
        "[{}, {\"nin\": 131052308}]",
        "[{}, {\"nin\": [\"131052-308T\"]}]",
        "[{}, {\"nin\": \"a.b.c.d.e\"}]",
      })
  void a_plaintext_code_is_found_valid_or_not(String participants) {
    assertThat(ParticipantNins.plaintextNins(json(participants)))
        .containsExactly("participants[1].nin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"displayName\": \"Anna, 131052-308t\"}]",
        "[{\"personal_code\": \"131052-308T\"}]",
        "[{\"more\": {\"nin\": \"131052-308T\"}}]",
        "[[{\"nin\": \"131052-308T\"}]]",
        "\"131052-308T\"",
      })
  void a_valid_code_is_found_in_any_place(String participants) {
    assertThat(ParticipantNins.plaintextNins(json(participants))).containsExactly("participants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"displayName\": \"131052-308X\"}]",
        "[{\"displayName\": \"Anna, 131052 308T\"}]",
        "[{\"131052_308T\": 1}]",
        "[{\"handle\": \"131052-308t@example.com\"}]",
      })
  void what_looks_like_a_code_is_found_where_codes_are_typed(String participants) {
    assertThat(ParticipantNins.plaintextNins(json(participants))).containsExactly("participants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"handle\": \"id9131052308Ta@example.com\"}]",
        "[{\"handle\": \"anna123456-12@example.com\", \"position\": 131052}]",
      })
  void digits_in_an_address_are_ignored(String participants) {
    assertThat(ParticipantNins.plaintextNins(json(participants))).isEmpty();
  }

  private static Object json(String text) {
    try {
      return new ObjectMapper().readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
