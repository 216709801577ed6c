package fi.signspace.plugin.signing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values read by name, as loosely typed as a process engine and JSON give them. Null, blank text,
 * empty lists and empty objects are absent. A value of the wrong type is reported as a problem and
 * read as absent.
 */
final class InputReader {

  /** Whole numbers also as JSON and forms write them: 2.0 and "2". */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("([0-9]{1,9})(?:\\.0+)?");

  private static final Pattern FLAG = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);

  private final Map<String, ? extends @Nullable Object> values;
  private final String path;
  private final String subject;
  private final List<FieldError> problems;

  InputReader(Map<String, ? extends @Nullable Object> values, List<FieldError> problems) {
    this(values, "", "", problems);
  }

  private InputReader(
      Map<String, ? extends @Nullable Object> values,
      String path,
      String subject,
      List<FieldError> problems) {
    this.values = values;
    this.path = path;
    this.subject = subject;
    this.problems = problems;
  }

  /**
   * The values inside one of these values.
   *
   * @param place the way to them, e.g. {@code participants[1]}
   * @param subject what problems with them are about, e.g. {@code Participant 2}
   */
  InputReader inside(Map<?, ?> inner, String place, String subject) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    inner.forEach((key, value) -> named.put(String.valueOf(key), value));
    return new InputReader(named, place + ".", subject + ": ", problems);
  }

  void problem(String key, String message) {
    problems.add(new FieldError(path + DisplayText.shown(key), subject + message));
  }

  Set<String> names() {
    return values.keySet();
  }

  boolean isAbsent(String key) {
    return any(key) == null;
  }

  @Nullable Object any(String key) {
    return given(values.get(key));
  }

  /** Text of any kind, without a look at what it contains. */
  @Nullable String typed(String key) {
    Object value = any(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    problem(key, DisplayText.quoted(key) + " must be text.");
    return null;
  }

  /** Text for people, of as many lines as they like. */
  @Nullable String text(String key) {
    String text = typed(key);
    return text != null && isFit(key, text) ? text : null;
  }

  /** Text for people on one line, with nothing hidden in it. */
  @Nullable String line(String key) {
    String text = text(key);
    return text != null && isClear(key, text, TextRules.deceptiveIn(text)) ? text : null;
  }

  /** Text for machines, which compare it or look it up: composed, with nothing invisible in it. */
  @Nullable String word(String key) {
    String text = text(key);
    return text != null && isClear(key, text, TextRules.invisibleIn(text))
        ? TextRules.composed(text)
        : null;
  }

  /** Reports what cannot be stored, and what must not be, in a value and in everything inside. */
  boolean isFit(String key, @Nullable Object value) {
    if (value instanceof Collection<?> list) {
      return list.stream().allMatch(one -> isFit(key, one));
    }
    if (value instanceof Map<?, ?> object) {
      return isFit(key, object.keySet()) && isFit(key, object.values());
    }
    if (!(value instanceof String text)) {
      return true;
    }
    Optional<String> problem =
        TextRules.unstorable(text)
            .or(() -> TextRules.identityCodeIn(text))
            .map("The text %s; leave it out."::formatted)
            .or(() -> TextRules.excessIn(text).map("The text %s."::formatted));
    problem.ifPresent(message -> problem(key, message));
    return problem.isEmpty();
  }

  /** Reports what a person cannot see, which is why what is shown looks right. */
  boolean isClear(String key, String text, OptionalInt hidden) {
    Optional<String> problem = TextRules.problemWith(hidden);
    problem.ifPresent(
        what -> problem(key, "%s %s; type it again.".formatted(DisplayText.quoted(text), what)));
    return problem.isEmpty();
  }

  @Nullable Boolean flag(String key) {
    Object value = any(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Boolean
        || (value instanceof String text && FLAG.matcher(text).matches())) {
      return Boolean.valueOf(value.toString());
    }
    problem(key, DisplayText.quoted(key) + " must be true or false.");
    return null;
  }

  /** One of an enum's names, in any letter case. */
  <E extends Enum<E>> @Nullable E option(String key, Class<E> type) {
    String text = word(key);
    if (text == null) {
      return null;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    List<String> choices =
        Stream.of(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    problem(
        key,
        "%s in %s is not known; write %s."
            .formatted(
                DisplayText.quoted(text), DisplayText.quoted(key), DisplayText.anyOf(choices)));
    return null;
  }

  /** A whole number from 1, as a number or as text. */
  @Nullable Integer ordinal(String key) {
    Object value = any(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Number || value instanceof String) {
      Matcher number = WHOLE_NUMBER.matcher(value.toString());
      if (number.matches() && Integer.parseInt(number.group(1)) >= 1) {
        return Integer.valueOf(number.group(1));
      }
    }
    problem(key, DisplayText.quoted(key) + " must be a whole number from 1, like 1, 2 or 3.");
    return null;
  }

  Collection<? extends @Nullable Object> list(String key) {
    Object value = any(key);
    if (value == null || value instanceof Collection<?>) {
      return value == null ? List.of() : (Collection<?>) value;
    }
    problem(key, unreadable(key, value).orElse(DisplayText.quoted(key) + " must be a list."));
    return List.of();
  }

  Map<?, ?> object(String key) {
    Object value = any(key);
    if (value == null || value instanceof Map<?, ?>) {
      return value == null ? Map.of() : (Map<?, ?>) value;
    }
    problem(
        key,
        unreadable(key, value)
            .orElse(DisplayText.quoted(key) + " must be an object of names and values."));
    return Map.of();
  }

  private static Optional<String> unreadable(String key, Object value) {
    return value instanceof UnreadableJson json
        ? Optional.of(
            "%s is not valid JSON: %s at line %d, column %d"
                .formatted(key, DisplayText.shown(json.reason()), json.line(), json.column()))
        : Optional.empty();
  }

  /**
   * Text without blanks and invisible characters at its ends; null instead of blank text and of
   * what is empty.
   */
  static @Nullable Object given(@Nullable Object value) {
    if (value instanceof String text) {
      String stripped = TextRules.stripped(text);
      return stripped.isEmpty() ? null : stripped;
    }
    boolean empty =
        (value instanceof Collection<?> list && list.isEmpty())
            || (value instanceof Map<?, ?> object && object.isEmpty());
    return empty ? null : value;
  }
}
