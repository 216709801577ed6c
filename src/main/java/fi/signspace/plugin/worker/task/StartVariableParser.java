package fi.signspace.plugin.worker.task;

import fi.signspace.plugin.process.SigningVariables;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists and objects that were given as text, as a mapping in a model does: JSON, or simply e-mail
 * addresses with commas between them.
 */
final class StartVariableParser {

  private static final Pattern MEANT_AS_JSON = Pattern.compile("[\\[\\]{}]");

  /**
   * @param name the start variable
   * @param value as it was given
   * @return the list or the object that it means, why it cannot be read, or the value itself
   */
  static @Nullable Object read(String name, @Nullable Object value) {
    if (!(value instanceof String text) || !SigningVariables.START_AS_JSON.contains(name)) {
      return value;
    }
    if (MEANT_AS_JSON.matcher(text).find()) {
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
