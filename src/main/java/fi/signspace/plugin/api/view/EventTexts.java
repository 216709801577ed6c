package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.environment.Texts;
import org.jspecify.annotations.Nullable;

/** The sentences of a timeline. */
final class EventTexts {

  private final Texts texts;

  /**
   * @param acceptLanguage the header {@code Accept-Language}
   */
  EventTexts(@Nullable String acceptLanguage) {
    texts = new Texts("events", Texts.preferred(acceptLanguage));
  }

  /**
   * @param by who did it; null if unknown
   * @param detail a decision or an outcome, whose sentence is used if there is one; or a number
   */
  String of(EventType type, @Nullable String by, @Nullable Object detail) {
    String specific = type.text() + "." + detail;
    String sentence = texts.has(specific) ? specific : type.text();
    String named = "by." + sentence;
    return texts.of(by != null && texts.has(named) ? named : sentence, by, detail);
  }
}
