package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.Participant;
import fi.signspace.plugin.signing.Participant.Role;
import fi.signspace.plugin.signing.text.DisplayText;
import fi.signspace.plugin.signing.text.Handles;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import fi.signspace.plugin.signing.text.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads participants and checks each one separately. A missing or unreadable value is reported and
 * replaced by a placeholder, so later checks do not report it again.
 */
final class ParticipantReader {

  static final String PARTICIPANTS = "participants";
  static final String HANDLE = "handle";
  static final String POSITION = "position";
  static final String NIN = "nin";
  static final String DISPLAY_NAME = "displayName";

  private static final String ROLE = "role";

  /** The name as the API spells it. */
  private static final String DISPLAY_NAME_IN_API = "display_name";

  private static final Set<String> KNOWN =
      Set.of(HANDLE, ROLE, DISPLAY_NAME, DISPLAY_NAME_IN_API, POSITION, NIN);

  /**
   * A participant and its place in the input.
   *
   * @param number from 1
   */
  record Listed(int number, InputReader fields, Participant participant) {}

  private ParticipantReader() {}

  /** Returns the participants that can be read. */
  static List<Listed> read(InputReader start) {
    if (start.isAbsent(PARTICIPANTS)) {
      start.problem(
          PARTICIPANTS, "There are no participants; add at least one with the role signer.");
    }
    List<Listed> listed = new ArrayList<>();
    int number = 0;
    for (Object entry : start.list(PARTICIPANTS)) {
      String place = PARTICIPANTS + "[" + number++ + "]";
      String subject = "Participant " + number;
      if (entry instanceof Map<?, ?> object) {
        InputReader fields = start.inside(object, place, subject);
        listed.add(new Listed(number, fields, participant(fields)));
      } else {
        start.problem(place, subject + ": This must be an object with handle and role.");
      }
    }
    return listed;
  }

  private static Participant participant(InputReader fields) {
    reportUnknown(fields);
    String handle = handle(fields);
    Role role = role(fields);
    return new Participant(
        handle, role, displayName(fields), fields.ordinal(POSITION), nin(fields, role));
  }

  /** The value of a misspelled field would otherwise be ignored silently. */
  private static void reportUnknown(InputReader fields) {
    for (String name : fields.names()) {
      if (!KNOWN.contains(name)) {
        fields.problem(
            name,
            DisplayText.quoted(name)
                + " is not known; there are handle, role, displayName, position and nin.");
      }
    }
  }

  private static String handle(InputReader fields) {
    String handle = fields.word(HANDLE);
    if (fields.isAbsent(HANDLE)) {
      fields.problem(HANDLE, "The e-mail address is missing; " + Handles.EMAIL_EXAMPLE + ".");
    } else if (handle != null && !Handles.isEmail(handle)) {
      fields.problem(
          HANDLE,
          DisplayText.quoted(handle) + " is not an e-mail address; " + Handles.EMAIL_EXAMPLE + ".");
    } else if (handle != null && Handles.hasLookalikes(handle)) {
      fields.problem(
          HANDLE,
          DisplayText.quoted(handle)
              + " mixes Latin letters with letters of another alphabet that look like them; type it again.");
    }
    return handle == null ? "" : handle;
  }

  private static Role role(InputReader fields) {
    if (fields.isAbsent(ROLE)) {
      fields.problem(ROLE, "The role is missing; write signer or watcher.");
    }
    Role role = fields.constant(ROLE, Role.class);
    return role == null ? Role.SIGNER : role;
  }

  private static @Nullable String displayName(InputReader fields) {
    String name = fields.line(DISPLAY_NAME);
    String nameInApi = fields.line(DISPLAY_NAME_IN_API);
    if (name != null && nameInApi != null && !name.equals(nameInApi)) {
      fields.problem(DISPLAY_NAME, "displayName and display_name differ; leave one of them out.");
    }
    String given = name == null ? nameInApi : name;
    return given == null ? null : TextRules.composed(given);
  }

  private static @Nullable String nin(InputReader fields, Role role) {
    String text = fields.typed(NIN);
    if (text == null) {
      return null;
    }
    String nin = PersonalIdentityCode.normalized(text);
    if (!PersonalIdentityCode.isValid(nin)) {
      fields.problem(
          NIN,
          "The personal identity code is not valid; write it as ddmmyy, the sign of the century,"
              + " three digits and the check character.");
    }
    if (role != Role.SIGNER) {
      fields.problem(
          NIN,
          "Only signers can have a personal identity code; make this participant a signer, or"
              + " leave the code out.");
    }
    return nin;
  }
}
