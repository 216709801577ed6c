package fi.signspace.plugin.signing.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the table of examples on the server; {@code FormRulesTest} tests it in the browser. */
class TextRulesTest {

  static Stream<JsonNode> emails() {
    return TextExamples.rows("emails");
  }

  static Stream<JsonNode> titles() {
    return TextExamples.rows("titles");
  }

  static Stream<JsonNode> longTitles() {
    return TextExamples.rows("longTitles");
  }

  static Stream<JsonNode> codes() {
    return TextExamples.rows("codes");
  }

  static Stream<String> hidden() {
    return TextExamples.rows("hidden").map(JsonNode::asText);
  }

  static Stream<String> masked() {
    return TextExamples.rows("masked").map(JsonNode::asText);
  }

  static Stream<String> harmless() {
    return TextExamples.rows("harmless").map(JsonNode::asText);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("emails")
  void an_address_is_validated_as_in_the_table(JsonNode example) {
    String text = example.get("text").asText();

    String verdict = TextExamples.verdictOnEmail(text);

    assertThat(verdict).isEqualTo(example.path("problem").asText(""));
    if (verdict.isEmpty()) {
      assertThat(TextExamples.valid("Title", text).participants().get(0).handle())
          .isEqualTo(example.path("as").asText(text));
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("titles")
  void a_title_is_validated_as_in_the_table(JsonNode example) {
    String text = example.get("text").asText();

    String verdict = TextExamples.verdictOnTitle(text);

    assertThat(verdict).isEqualTo(example.path("problem").asText(""));
    if (verdict.isEmpty()) {
      assertThat(TextExamples.valid(text, "anna@example.com").title())
          .isEqualTo(example.path("as").asText(text));
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("longTitles")
  void the_length_of_a_title_counts_visible_characters(JsonNode example) {
    String text = example.get("repeat").asText().repeat(example.get("times").asInt());

    String verdict = TextExamples.verdictOnTitle(text);

    assertThat(verdict).isEqualTo(example.path("problem").asText(""));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("codes")
  void a_typed_code_is_normalized(JsonNode example) {
    String code = TextExamples.code(example.get("typed").asText());

    assertThat(code).isEqualTo(example.path("as").asText(""));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("hidden")
  void a_code_is_found_in_any_spelling(String spelled) {
    String text = "Lease of " + spelled + ", Helsinki";

    String masked = PersonalIdentityCode.masked(text);

    assertThat(PersonalIdentityCode.isIn(text)).isTrue();
    assertThat(masked)
        .matches("(?s)Lease of \\W{0,3}.{0,5}\\*\\*\\*.*, Helsinki")
        .doesNotContainPattern("(?i)308|\uff13\uff10\uff18");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("masked")
  void a_possible_code_is_masked(String text) {
    assertThat(PersonalIdentityCode.isIn(text)).isFalse();
    assertThat(PersonalIdentityCode.masked(text)).startsWith("***");
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void other_text_is_shown(String text) {
    assertThat(PersonalIdentityCode.isIn(text)).isFalse();
    assertThat(PersonalIdentityCode.masked(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "İrem@x.fi, i̇rem@x.fi, true",
    "irem@x.fi, i̇rem@x.fi, false",
    "IREM@x.fi, irem@x.fi, true"
  })
  void handles_are_compared_independently_of_the_locale(String one, String other, boolean same) {
    assertThat(Handles.key(one).equals(Handles.key(other))).isEqualTo(same);
  }

  @RepeatedTest(5)
  void no_generated_text_with_a_code_is_shown_or_sent(RepetitionInfo repetition) {
    for (String text : TextExamples.generated(repetition.getCurrentRepetition(), 2_000)) {
      String masked = PersonalIdentityCode.masked(text);

      assertThat(PersonalIdentityCode.isIn(masked)).as(TextExamples.json(text)).isFalse();
      assertThat(PersonalIdentityCode.isIn(text) && masked.equals(text))
          .as(TextExamples.json(text))
          .isFalse();
      assertThat(TextRules.stripped(TextRules.stripped(text))).isEqualTo(TextRules.stripped(text));
      if (TextExamples.verdictOnTitle(text).isEmpty()) {
        String title = TextExamples.valid(text, "anna@example.com").title();
        assertThat(TextRules.unstorable(title)).isEmpty();
        assertThat(PersonalIdentityCode.isIn(title)).isFalse();
      }
    }
  }

  @Test
  void a_text_of_few_characters_that_take_much_room_is_described_as_such() {
    String emoji = "😀".repeat(2001);

    assertThat(TextRules.excessIn(emoji))
        .contains("has 2001 characters that take 4002 places; shorten it to 4000 at most");
    assertThat(TextRules.excessIn("x".repeat(4001)))
        .contains("has 4001 characters; shorten it to 4000 at most");
    assertThat(TextRules.fileNameProblem("😀".repeat(128)).orElseThrow())
        .startsWith("has a name of 128 characters that take 256 places;");
    assertThat(TextRules.businessKeyProblem("😀".repeat(128)).orElseThrow())
        .isEqualTo(
            "The business key has 128 characters that take 256 places; shorten it to 255 at most.");
  }
}
