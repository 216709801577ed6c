package fi.signspace.plugin.encryption;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Handles identity codes in the variable {@code participants}, which is loosely typed JSON: lists,
 * maps and scalar values.
 */
public final class ParticipantNins {

  /** The name of the variable. */
  public static final String PARTICIPANTS = "participants";

  private static final String NIN = "nin";

  /** Whether any participant has a code, encrypted or not. */
  public static boolean any(@Nullable Object participants) {
    return !Objects.equals(participants, without(participants));
  }

  /**
   * Returns the places of plaintext codes: a {@code nin} that is not encrypted, valid or not, and
   * any other text that looks like a code, since users type codes here. E-mail addresses may
   * contain arbitrary digits: in them only a valid code counts.
   *
   * @return places like {@code participants[1].nin}
   */
  public static List<String> plaintextNins(@Nullable Object participants) {
    List<String> places = new ArrayList<>();
    Object rest =
        replaced(
            participants,
            (place, nin) -> {
              if (!(nin instanceof String text && NinCipher.isEncrypted(text))) {
                places.add(place);
              }
              return null;
            });
    if (isSuspect(rest)) {
      places.add(PARTICIPANTS);
    }
    return places;
  }

  private static boolean isSuspect(@Nullable Object value) {
    if (value instanceof Map<?, ?> fields) {
      return isSuspect(fields.keySet()) || isSuspect(fields.values());
    }
    if (value instanceof Collection<?> list) {
      return list.stream().anyMatch(ParticipantNins::isSuspect);
    }
    String text = String.valueOf(value);
    return text.contains("@")
        ? PersonalIdentityCode.isIn(text)
        : PersonalIdentityCode.isSuspectedIn(text);
  }

  /** Returns the same participants without their codes. */
  public static @Nullable Object without(@Nullable Object participants) {
    return replaced(participants, (place, nin) -> null);
  }

  /**
   * Returns the same participants with their codes replaced.
   *
   * @param other maps a code to its replacement; null removes it
   */
  public static @Nullable Object replaced(
      @Nullable Object participants, BiFunction<String, Object, ? extends @Nullable Object> other) {
    if (participants instanceof Map<?, ?>) {
      // not a list, and therefore rejected later; codes in it are still handled
      return replaced(participants, PARTICIPANTS, other);
    }
    if (!(participants instanceof Collection<?> list)) {
      return participants;
    }
    List<@Nullable Object> result = new ArrayList<>();
    for (Object participant : list) {
      result.add(replaced(participant, PARTICIPANTS + "[" + result.size() + "]", other));
    }
    return result;
  }

  private static @Nullable Object replaced(
      @Nullable Object participant,
      String place,
      BiFunction<String, Object, ? extends @Nullable Object> other) {
    if (!(participant instanceof Map<?, ?> fields)) {
      return participant;
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    fields.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          Object kept = value;
          if (name.equalsIgnoreCase(NIN) && !isAbsent(value)) {
            kept = other.apply(place + "." + NIN, value);
            if (kept == null) {
              return;
            }
          }
          result.put(name, kept);
        });
    return result;
  }

  private static boolean isAbsent(@Nullable Object value) {
    return value == null || (value instanceof String text && text.isBlank());
  }

  private ParticipantNins() {}
}
