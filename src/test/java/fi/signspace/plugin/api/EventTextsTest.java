package fi.signspace.plugin.api;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.api.event.EventType;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventTextsTest {

  static Stream<Locale> languages() {
    return EventTexts.LANGUAGES.stream();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void every_language_has_the_same_sentences(Locale language) {
    Set<String> english = keys(Locale.ENGLISH);

    Set<String> keys = keys(language);

    assertThat(keys).isEqualTo(english);
    assertThat(keys)
        .containsAll(Stream.of(EventType.values()).map(EventType::text).collect(toSet()));
  }

  private static Set<String> keys(Locale language) {
    return ResourceBundle.getBundle("texts/events", language).keySet();
  }

  @ParameterizedTest
  @EnumSource(value = EventType.class, names = "CHECKED", mode = EnumSource.Mode.EXCLUDE)
  void every_event_has_a_sentence_whatever_is_known(EventType type) {
    EventTexts texts = EventTexts.preferred("sv");

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
    assertThat(EventTexts.preferred(acceptLanguage).of(EventType.SIGNED, "anna", null))
        .isEqualTo(sentence);
  }

  @Test
  void checks_are_counted() {
    EventTexts texts = EventTexts.preferred("en");

    assertThat(texts.of(EventType.CHECKED, null, 1L)).isEqualTo("The status was checked once");
    assertThat(texts.of(EventType.CHECKED, null, 12L)).contains("12 times");
  }
}
