package fi.signspace.plugin.worker.task;

import fi.signspace.plugin.process.SigningVariables;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses lists and objects that were given as text, such as by a mapping in a model: JSON, or
 * comma-separated e-mail addresses.
 */
final class StartVariableParser {

  private static final Pattern JSON_CHARACTERS = Pattern.compile("[\\[\\]{}]");

  /**
   * @param name the start variable
   * @param value its raw value
   * @return the parsed list or object, an {@link UnreadableJson}, or the value itself
   */
  static @Nullable Object read(String name, @Nullable Object value) {
    if (!(value instanceof String text) || !SigningVariables.START_AS_JSON.contains(name)) {
      return value;
    }
    if (JSON_CHARACTERS.matcher(text).find()) {
      return Json.readOrExplain(text);
    }
    return switch (name) {
      case "participants" ->
          addresses(text).map(handle -> Map.of("handle", handle, "role", "signer")).toList();
      case "ownersHandles" -> addresses(text).toList();
      default -> value;
    };
  }

  private static Stream<String> addresses(String text) {
    return List.of(text.split("[\\s,;]+")).stream().filter(part -> !part.isEmpty());
  }

  private StartVariableParser() {}
}
