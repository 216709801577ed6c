package fi.signspace.plugin.environment;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The sentences of a bundle in {@code texts}, in one of the languages of the forms. */
public final class Texts {

  public static final List<Locale> LANGUAGES =
      List.of(Locale.ENGLISH, Locale.forLanguageTag("fi"), Locale.forLanguageTag("sv"));

  private final ResourceBundle sentences;
  private final Locale language;

  /**
   * @param bundle the name of the files without folder and language
   * @param language one of {@link #LANGUAGES}
   */
  public Texts(String bundle, Locale language) {
    this.language = language;
    this.sentences =
        ResourceBundle.getBundle(
            "texts/" + bundle,
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * Returns the language that a caller prefers; English if there is none.
   *
   * @param acceptLanguage a language tag, or the header {@code Accept-Language}
   */
  public static Locale preferred(@Nullable String acceptLanguage) {
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

  public Locale language() {
    return language;
  }

  public boolean has(String key) {
    return sentences.containsKey(key);
  }

  /** Returns a sentence with values in its places, see {@link MessageFormat}. */
  public String of(String key, @Nullable Object... values) {
    return new MessageFormat(sentences.getString(key), language).format(values);
  }
}
