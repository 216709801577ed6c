package fi.signspace.plugin.api.timeline;

import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.timeline.Corrections.Correction;
import fi.signspace.plugin.environment.ProblemTexts;
import fi.signspace.plugin.environment.Texts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sentences of a timeline. */
final class EventTexts {

  private static final ProblemTexts PROBLEMS = new ProblemTexts();

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

  /** The sentence about a decision that is needed, and why, if it is known. */
  String ofDecision(Optional<String> problem) {
    String type = EventType.DECISION_NEEDED.text();
    return problem
        .map(why -> texts.of(type + ".because", PROBLEMS.in(texts.language(), why)))
        .orElseGet(() -> texts.of(type));
  }

  /** The sentence about a request that was sent again, and one for each correction. */
  String of(List<Correction> corrections) {
    return Stream.concat(
            Stream.of(texts.of(EventType.SENT_AGAIN.text())),
            corrections.stream()
                .map(one -> texts.of("corrected." + one.kind(), String.join(", ", one.names()))))
        .collect(Collectors.joining(". "));
  }
}
