package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.environment.Texts;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sentences of mails, in the languages of the forms. */
final class MailTexts {

  /** The events that have sentences. */
  static final Set<EventType> EVENTS =
      EnumSet.complementOf(
          EnumSet.of(
              EventType.CREATED,
              EventType.UPLOADED,
              EventType.CHECKED,
              EventType.DECIDED,
              EventType.REPLACED,
              EventType.REOPENED,
              EventType.ON_HOLD,
              EventType.RESUMED,
              EventType.DOWNLOADED));

  private final Texts texts;

  /**
   * @param language {@code recipientLanguage}; English if there is no such language
   */
  MailTexts(@Nullable String language) {
    texts = new Texts("mails", Texts.preferred(language));
  }

  Locale language() {
    return texts.language();
  }

  /** Dates are written as in Europe. */
  Locale region() {
    return language().equals(Locale.ENGLISH) ? Locale.UK : language();
  }

  String of(String key, Object... values) {
    return texts.of(key, values);
  }

  /** Returns the sentence for an audience, or for all; empty if there is neither. */
  Optional<String> find(String key, Recipient.Audience audience, @Nullable Object... values) {
    String specific = key + "." + audience.key();
    String found = texts.has(specific) ? specific : key;
    return texts.has(found) ? Optional.of(texts.of(found, values)) : Optional.empty();
  }
}
