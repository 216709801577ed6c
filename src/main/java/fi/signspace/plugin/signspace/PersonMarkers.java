package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.signing.status.StatusRules;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognizes that a person has declined to sign, or has not signed. The guide documents neither a
 * status nor a field for that, so a marker, or a status of the person, is one.
 */
final class PersonMarkers {

  /** Not those that say whether someone may decline. */
  private static final Pattern DECLINED =
      Pattern.compile(
          "(?:is|has)?_?(?:declined|rejected|refused|revoked|withdrawn)(?:_?(?:at|on|time|date))?"
              + "|(?:decline|reject|rejection|refusal)_?reason");

  private static final Pattern UNSIGNED =
      Pattern.compile("(?:is|has)?_?(?:unsigned|not_?signed)|(?:cannot|unable_?to)_?sign");

  private static final Pattern SIGNED = Pattern.compile("(?:is|has)?_?signed");

  private static final Set<String> STATUSES = Set.of("status", "state", "action", "decision");

  private static final Set<String> OF_SIGNED =
      Set.of("signed", "complete", "completed", "done", "finished", "accepted", "approved");

  private static final Set<String> OF_UNSIGNED =
      Set.of("pending", "waiting", "unsigned", "not_signed", "incomplete");

  private static final Set<String> NO_VALUES = Set.of("", "false", "0", "no");

  /**
   * @param person a participant, or an entry of the signature data
   */
  static boolean hasDeclined(JsonNode person) {
    return has(person, DECLINED, value -> !NO_VALUES.contains(value))
        || statuses(person).anyMatch(StatusRules::isDeclined);
  }

  /**
   * @param person one of {@code all}
   */
  static boolean hasNotSigned(JsonNode person, List<JsonNode> all) {
    boolean haveOthersSigned =
        all.stream().flatMap(PersonMarkers::statuses).anyMatch(OF_SIGNED::contains);
    return has(person, UNSIGNED, value -> !NO_VALUES.contains(value))
        || has(person, SIGNED, value -> NO_VALUES.contains(value))
        || statuses(person)
            .anyMatch(
                status ->
                    OF_UNSIGNED.contains(status)
                        || (haveOthersSigned && !OF_SIGNED.contains(status)));
  }

  private static boolean has(JsonNode person, Pattern field, Predicate<String> isMarked) {
    return person.properties().stream()
        .filter(entry -> !entry.getValue().isNull())
        .filter(entry -> field.matcher(lowerCase(entry.getKey())).matches())
        .anyMatch(entry -> isMarked.test(text(entry.getValue())));
  }

  private static Stream<String> statuses(JsonNode person) {
    return person.properties().stream()
        .filter(entry -> STATUSES.contains(lowerCase(entry.getKey())))
        .map(entry -> text(entry.getValue()))
        .filter(status -> !status.isEmpty());
  }

  private static String text(JsonNode value) {
    return lowerCase(value.asText("").strip());
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private PersonMarkers() {}
}
