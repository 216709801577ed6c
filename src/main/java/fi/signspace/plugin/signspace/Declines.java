package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.signing.status.StatusRules;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognizes that a person has declined to sign. The guide documents neither a status nor a field
 * for that, so a marker with a value, or a status of the person, is one.
 */
final class Declines {

  /** Not those that say whether someone may decline. */
  private static final Pattern MARKER =
      Pattern.compile("(?:is|has)?_?(?:declined|rejected)(?:_?(?:at|on|time|date))?");

  private static final Set<String> STATES = Set.of("status", "state", "action", "decision");

  private static final Set<String> NO_VALUES = Set.of("", "false", "0", "no");

  /**
   * @param person a participant, or an entry of the signature data
   */
  static boolean isMarked(JsonNode person) {
    return person.properties().stream().anyMatch(Declines::isMarker);
  }

  private static boolean isMarker(Map.Entry<String, JsonNode> field) {
    String name = field.getKey().toLowerCase(Locale.ROOT);
    String value = field.getValue().asText("").strip();
    return STATES.contains(name)
        ? StatusRules.isDeclined(value)
        : MARKER.matcher(name).matches()
            && !field.getValue().isNull()
            && !NO_VALUES.contains(value.toLowerCase(Locale.ROOT));
  }

  private Declines() {}
}
