package fi.signspace.plugin.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.core.io.ClassPathResource;

/**
 * The sentences about wrong input in the languages of the forms. The source is the file of the
 * forms, which translate in the browser what engine and workers say.
 */
public final class ProblemTexts {

  /** Longer sentences stay as they are, so that no pattern is tried on them. */
  private static final int MAX_LENGTH = 1000;

  private static final Pattern ENTRY =
      Pattern.compile("\\ben: '([^']+)',\\s+fi: '([^']+)',\\s+sv: '([^']+)'");
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

  private static final List<Sentence> SENTENCES = read("forms/signing-problems.js");

  /**
   * @param places the number in each place of the English sentence
   * @param texts in the order of {@link Texts#LANGUAGES}
   */
  private record Sentence(Pattern english, List<String> places, List<String> texts) {

    static Sentence of(MatchResult entry) {
      String english = entry.group(1);
      return new Sentence(
          Pattern.compile(PLACE.matcher(Pattern.quote(english)).replaceAll("\\\\E(.+?)\\\\Q")),
          PLACE.matcher(english).results().map(place -> place.group(1)).toList(),
          IntStream.rangeClosed(1, Texts.LANGUAGES.size()).mapToObj(entry::group).toList());
    }
  }

  private static List<Sentence> read(String file) {
    try {
      String source = new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
      return ENTRY.matcher(source).results().map(Sentence::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int size() {
    return SENTENCES.size();
  }

  /** Returns the sentence in one of the languages of the forms; an unknown one stays as it is. */
  public String in(Locale language, String sentence) {
    if (sentence.length() > MAX_LENGTH) {
      return sentence;
    }
    for (Sentence known : SENTENCES) {
      Matcher found = known.english().matcher(sentence);
      if (found.matches()) {
        String text = known.texts().get(Texts.LANGUAGES.indexOf(language));
        return PLACE
            .matcher(text)
            .replaceAll(
                place ->
                    Matcher.quoteReplacement(
                        in(language, found.group(1 + known.places().indexOf(place.group(1))))));
      }
    }
    return sentence;
  }
}
