package fi.signspace.plugin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The sentences of workers and engine that the forms can say in each of their languages. */
public final class FormProblems {

  private static final Pattern ENGLISH = Pattern.compile("\\ben: '([^']+)'");
  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?:Participant \\d+|Cell [A-Z]+\\d+|Reminders): (?<words>.*)", Pattern.DOTALL);

  private static final List<Pattern> KNOWN = known();

  private static List<Pattern> known() {
    try {
      String source =
          Files.readString(Path.of("forms", "signing-problems.js"), StandardCharsets.UTF_8);
      return ENGLISH.matcher(source).results().map(FormProblems::pattern).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern pattern(MatchResult sentence) {
    String literal = Pattern.quote(sentence.group(1));
    return Pattern.compile(literal.replaceAll("\\{\\d}", "\\\\E.+?\\\\Q"), Pattern.DOTALL);
  }

  /** Fails if the forms would show this sentence in English only. */
  public static void assertIsTranslated(String sentence) {
    var subject = SUBJECT.matcher(sentence);
    String words = subject.matches() ? subject.group("words") : sentence;
    assertThat(KNOWN)
        .as("a translation of: " + words)
        .anyMatch(pattern -> !isOnlySubject(pattern) && pattern.matcher(words).matches());
  }

  private static boolean isOnlySubject(Pattern pattern) {
    return pattern.pattern().endsWith(": \\E.+?\\Q\\E");
  }

  private FormProblems() {}
}
