package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.Participant.Role;
import fi.signspace.plugin.signing.input.ParticipantReader.Listed;
import fi.signspace.plugin.signing.text.DisplayText;
import fi.signspace.plugin.signing.text.Handles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks participants against each other and against the options of the whole request. */
final class ParticipantRules {

  private static final String ORDER = "participantsListOrderRespected";
  private static final String PROTECTED = "isProtected";
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private final InputReader start;
  private final List<Listed> listed;

  ParticipantRules(InputReader start, List<Listed> listed) {
    this.start = start;
    this.listed = listed;
  }

  void checkHasSigner() {
    if (!listed.isEmpty() && listed.stream().noneMatch(ParticipantRules::isSigner)) {
      start.problem(
          ParticipantReader.PARTICIPANTS,
          "There is no signer; give at least one participant the role signer.");
    }
  }

  /**
   * A person listed twice would get every e-mail twice, or have contradictory roles; a signature
   * under a name that is another participant's handle would be attributed to that participant.
   */
  void checkNoDuplicates() {
    Map<String, Integer> numbers = new HashMap<>();
    for (Listed one : listed) {
      String handle = one.participant().handle();
      Integer earlier = numbers.putIfAbsent(Handles.key(handle), one.number());
      if (earlier != null && !handle.isEmpty()) {
        one.fields()
            .problem(
                ParticipantReader.HANDLE,
                "%s is participant %s already; list every person once, as signer or as watcher."
                    .formatted(DisplayText.quoted(handle), earlier));
      }
    }
    for (Listed one : listed) {
      String name = one.participant().displayName();
      Integer named = name == null ? null : numbers.get(Handles.key(name));
      if (named != null && named != one.number()) {
        one.fields()
            .problem(
                ParticipantReader.DISPLAY_NAME,
                "%s is the address of participant %s; write the name of this person, or leave it out."
                    .formatted(DisplayText.quoted(name), named));
      }
    }
  }

  /** Positions require a respected order, and vice versa. */
  void checkOrder(@Nullable Boolean respected) {
    if (Boolean.TRUE.equals(respected)) {
      listed.stream()
          .filter(one -> isSigner(one) && one.fields().isAbsent(ParticipantReader.POSITION))
          .forEach(
              one ->
                  one.fields()
                      .problem(
                          ParticipantReader.POSITION,
                          "The position is missing; if signers sign in order, each needs"
                              + " one: 1, 2, 3 …"));
    } else if (listed.stream().anyMatch(one -> one.participant().position() != null)) {
      start.problem(
          ORDER,
          "Participants have a position, but the order is not respected; switch "
              + DisplayText.quoted(ORDER)
              + " on, or leave the positions out.");
    }
  }

  /**
   * A personal identity code requires protection, which makes SignSpace compare names: two words
   * must match (guide, "Enable SSN Verification").
   */
  boolean checkProtection(@Nullable Boolean given) {
    boolean needed = listed.stream().anyMatch(one -> one.participant().nin() != null);
    if (needed && Boolean.FALSE.equals(given)) {
      start.problem(
          PROTECTED,
          "A participant has a personal identity code, which only a protected request checks;"
              + " leave "
              + DisplayText.quoted(PROTECTED)
              + " out or set it to true.");
    }
    boolean isProtected = needed || Boolean.TRUE.equals(given);
    if (isProtected) {
      listed.stream().filter(ParticipantRules::isSigner).forEach(ParticipantRules::checkName);
    }
    return isProtected;
  }

  private static void checkName(Listed one) {
    String name = one.participant().displayName();
    if (name != null && BLANKS.split(name).length < 2) {
      one.fields()
          .problem(
              ParticipantReader.DISPLAY_NAME,
              DisplayText.quoted(name)
                  + " can never match; a protected request compares two words of the name, so"
                  + " write first and last name, or leave the name out.");
    }
  }

  private static boolean isSigner(Listed one) {
    return one.participant().role() == Role.SIGNER;
  }
}
