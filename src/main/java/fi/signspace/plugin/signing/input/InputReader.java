package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.text.DisplayText;
import fi.signspace.plugin.signing.text.TextRules;
import java.time.Duration;
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
 * Reads loosely typed values by name, as they come from a process engine or JSON. Null, blank text,
 * empty lists and empty objects are absent. A value of the wrong type is reported as a problem and
 * treated as absent.
 */
final class InputReader {

  /** Of lists and objects in each other. */
  private static final int MAX_DEPTH = 100;

  /** Whole numbers, including 2.0 (JSON) and "2" (forms). */
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
   * Returns a reader for a nested object.
   *
   * @param place the path of the object, e.g. {@code participants[1]}
   * @param subject the subject of its problems, e.g. {@code Participant 2}
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

  /** Any text, without checking its content. */
  @Nullable String typed(String key) {
    Object value = any(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    problem(key, DisplayText.quoted(key) + " must be text.");
    return null;
  }

  /** Text for people, with any number of lines. */
  @Nullable String text(String key) {
    String text = typed(key);
    return text != null && isFit(key, text) ? text : null;
  }

  /** Text for people on one line, without hidden characters. */
  @Nullable String line(String key) {
    String text = text(key);
    return text != null && isClear(key, text, TextRules.deceptiveIn(text)) ? text : null;
  }

  /** Text that is compared or used as a key: in composed form, without invisible characters. */
  @Nullable String word(String key) {
    String text = text(key);
    return text != null && isClear(key, text, TextRules.invisibleIn(text))
        ? TextRules.composed(text)
        : null;
  }

  /** Reports text that cannot or must not be stored, in a value and everything nested in it. */
  boolean isFit(String key, @Nullable Object value) {
    return isFit(key, value, MAX_DEPTH);
  }

  private boolean isFit(String key, @Nullable Object value, int depth) {
    if (depth == 0) {
      problem(key, "The value is nested in more than %s levels.".formatted(MAX_DEPTH));
      return false;
    }
    if (value instanceof Collection<?> list) {
      return list.stream().allMatch(one -> isFit(key, one, depth - 1));
    }
    if (value instanceof Map<?, ?> object) {
      return isFit(key, object.keySet(), depth) && isFit(key, object.values(), depth);
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      problem(key, "The number is too large; correct it.");
      return false;
    }
    if (!(value instanceof String text)) {
      return true;
    }
    Optional<String> problem =
        TextRules.unreadable(text)
            .or(() -> TextRules.identityCodeIn(text))
            .map("The text %s; leave it out."::formatted)
            .or(() -> TextRules.excessIn(text).map("The text %s."::formatted));
    problem.ifPresent(message -> problem(key, message));
    return problem.isEmpty();
  }

  /** Reports hidden characters, which make a wrong text look right. */
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

  /** An option that its type alone validates. */
  @Nullable Object value(StartOption option) {
    String key = option.variable();
    return switch (option.type()) {
      case TEXT -> text(key);
      case WORD -> word(key);
      case CHOICE -> choice(key, option.choices());
      case FLAG -> flag(key);
      case DATE, DURATION, LIST, OBJECT -> throw new IllegalArgumentException(key);
    };
  }

  /** The constant of an enum, ignoring case. */
  <E extends Enum<E>> @Nullable E constant(String key, Class<E> type) {
    String name =
        choice(
            key,
            Stream.of(type.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList());
    return name == null ? null : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  /** One of the choices, ignoring case. */
  private @Nullable String choice(String key, List<String> choices) {
    String text = word(key);
    if (text == null) {
      return null;
    }
    for (String choice : choices) {
      if (choice.equalsIgnoreCase(text)) {
        return choice;
      }
    }
    problem(
        key,
        "%s in %s is not known; write %s."
            .formatted(
                DisplayText.quoted(text), DisplayText.quoted(key), DisplayText.anyOf(choices)));
    return null;
  }

  /**
   * An ISO 8601 duration from one second to 365 days.
   *
   * @param what it is, with its article
   */
  @Nullable Duration duration(String key, String what) {
    String text = word(key);
    if (text == null) {
      return null;
    }
    Optional<Duration> duration = StatusCheckInterval.parse(text);
    if (duration.isEmpty()) {
      problem(
          key,
          "%s is not %s; write PT30M for 30 minutes, PT6H for 6 hours, P1D for a day (at least PT1S, at most P365D)."
              .formatted(DisplayText.quoted(text), what));
    }
    return duration.orElse(null);
  }

  /** A whole number from 0, as a number or as text. */
  @Nullable Integer count(String key, int max) {
    Object value = any(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Number || value instanceof String) {
      Matcher number = WHOLE_NUMBER.matcher(value.toString());
      if (number.matches() && Integer.parseInt(number.group(1)) <= max) {
        return Integer.valueOf(number.group(1));
      }
    }
    problem(key, "%s must be a whole number from 0 to %s.".formatted(DisplayText.quoted(key), max));
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
            "%s is not valid JSON: %s at line %s, column %s"
                .formatted(key, DisplayText.shown(json.reason()), json.line(), json.column()))
        : Optional.empty();
  }

  /**
   * Strips text of blanks and invisible characters at its ends; returns null for blank text, empty
   * lists and empty objects.
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
