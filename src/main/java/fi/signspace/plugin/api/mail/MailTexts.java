package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.api.event.EventType;
import java.text.MessageFormat;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sentences of mails, in the languages of the forms. */
final class MailTexts {

  static final List<Locale> LANGUAGES =
      List.of(Locale.ENGLISH, Locale.forLanguageTag("fi"), Locale.forLanguageTag("sv"));

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
              EventType.DOWNLOADED));

  private static final String BUNDLE = "texts/mails";

  private final ResourceBundle sentences;
  private final Locale language;

  /**
   * @param language {@code recipientLanguage}; English if there is no such language
   */
  MailTexts(@Nullable String language) {
    this.language =
        LANGUAGES.stream()
            .filter(known -> known.getLanguage().equals(language))
            .findFirst()
            .orElse(Locale.ENGLISH);
    sentences =
        ResourceBundle.getBundle(
            BUNDLE,
            this.language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  Locale language() {
    return language;
  }

  /** How dates are written: in Europe. */
  Locale region() {
    return language.equals(Locale.ENGLISH) ? Locale.UK : language;
  }

  String of(String key, Object... values) {
    return new MessageFormat(sentences.getString(key), language).format(values);
  }

  /** Returns the sentence for an audience, or for all; empty if there is neither. */
  Optional<String> find(String key, Recipient.Audience audience, @Nullable Object... values) {
    String specific = key + "." + audience.key();
    String found = sentences.containsKey(specific) ? specific : key;
    return sentences.containsKey(found)
        ? Optional.of(new MessageFormat(sentences.getString(found), language).format(values))
        : Optional.empty();
  }
}
