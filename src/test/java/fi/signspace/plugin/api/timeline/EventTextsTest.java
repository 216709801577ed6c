package fi.signspace.plugin.api.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.api.event.EventType;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventTextsTest {

  @Test
  void every_event_has_a_sentence() {
    assertThat(ResourceBundle.getBundle("texts/events", Locale.ENGLISH).keySet())
        .containsAll(Stream.of(EventType.values()).map(EventType::text).toList());
  }

  @ParameterizedTest
  @EnumSource(value = EventType.class, names = "CHECKED", mode = EnumSource.Mode.EXCLUDE)
  void every_event_has_a_sentence_whatever_is_known(EventType type) {
    EventTexts texts = new EventTexts("sv");

    assertThat(texts.of(type, null, null)).isNotBlank().doesNotContain("{", "null");
    assertThat(texts.of(type, "{0} 'anna'", "an unknown decision")).doesNotContain("{1}", "null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "null | anna signed",
        "'' | anna signed",
        "fi-FI, en;q=0.5 | anna allekirjoitti",
        "de, sv;q=0.3 | anna undertecknade",
        "tlh | anna signed",
        "* | anna signed",
        ";;; | anna signed"
      })
  void the_preferred_language_is_used(String acceptLanguage, String sentence) {
    assertThat(new EventTexts(acceptLanguage).of(EventType.SIGNED, "anna", null))
        .isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | A case worker has to decide: ",
        "fi | Käsittelijän on päätettävä jatkosta: ",
        "sv | En handläggare måste besluta: "
      })
  void a_needed_decision_says_why_in_the_preferred_language(String language, String beginning) {
    String english = "The title has 300 characters; shorten it to 255 at most.";

    String sentence = new EventTexts(language).ofDecision(Optional.of(english));

    assertThat(sentence).startsWith(beginning);
    assertThat(sentence.endsWith(english)).isEqualTo(language.equals("en"));
  }

  @Test
  void checks_are_counted() {
    EventTexts texts = new EventTexts("en");

    assertThat(texts.of(EventType.CHECKED, null, 1L)).isEqualTo("The status was checked once");
    assertThat(texts.of(EventType.CHECKED, null, 12L)).contains("12 times");
  }
}
