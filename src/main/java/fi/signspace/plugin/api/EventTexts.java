package fi.signspace.plugin.api;

import fi.signspace.plugin.api.event.EventType;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The sentences of a timeline, in the languages of the forms. */
final class EventTexts {

  static final List<Locale> LANGUAGES =
      List.of(Locale.ENGLISH, Locale.forLanguageTag("fi"), Locale.forLanguageTag("sv"));

  private static final String BUNDLE = "texts/events";

  private final ResourceBundle sentences;
  private final Locale language;

  private EventTexts(Locale language) {
    this.language = language;
    sentences =
        ResourceBundle.getBundle(
            BUNDLE,
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * Returns the sentences in the language that a caller prefers; English if there is none.
   *
   * @param acceptLanguage the header {@code Accept-Language}
   */
  static EventTexts preferred(@Nullable String acceptLanguage) {
    return new EventTexts(language(acceptLanguage));
  }

  private static Locale language(@Nullable String acceptLanguage) {
    try {
      Locale found =
          acceptLanguage == null || acceptLanguage.isBlank()
              ? null
              : Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
      return found == null ? Locale.ENGLISH : found;
    } catch (IllegalArgumentException e) {
      return Locale.ENGLISH;
    }
  }

  /**
   * @param by who did it; null if unknown
   * @param detail a decision or an outcome, whose sentence is used if there is one; or a number
   */
  String of(EventType type, @Nullable String by, @Nullable Object detail) {
    String specific = type.text() + "." + detail;
    String sentence = sentences.containsKey(specific) ? specific : type.text();
    String named = "by." + sentence;
    String key = by != null && sentences.containsKey(named) ? named : sentence;
    return new MessageFormat(sentences.getString(key), language)
        .format(new @Nullable Object[] {by, detail});
  }
}
