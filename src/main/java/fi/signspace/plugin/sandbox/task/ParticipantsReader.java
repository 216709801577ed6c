package fi.signspace.plugin.sandbox.task;

import fi.signspace.plugin.sandbox.Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads and checks the participants of a signing request (guide, "participants", "Enable SSN").
 *
 * @param ordered {@code participants_list_order_respected}
 * @param isProtected {@code is_protected}
 */
record ParticipantsReader(boolean ordered, boolean isProtected) {

  private static final Set<String> FIELDS =
      Set.of("handle", "role", "display_name", "position", "nin");

  List<Participant> read(Payload payload) {
    List<Participant> participants = new ArrayList<>();
    for (Payload object : payload.objects("participants", FIELDS)) {
      participants.add(read(object, participants.size() + 1));
    }
    if (participants.stream().noneMatch(Participant::signer)) {
      throw payload.invalid("participants", "must have at least one signer");
    }
    Set<String> handles = new HashSet<>();
    for (Participant participant : participants) {
      if (!handles.add(Participant.key(participant.handle()))) {
        throw payload.invalid("participants", "must not name the same handle twice");
      }
    }
    return participants;
  }

  /**
   * @param number the place in the list from 1, which is the default position
   */
  private Participant read(Payload object, int number) {
    object.oneOf("role", "signer", "watcher");
    int position = object.optionalInteger("position").orElse(number);
    if (object.has("position") && !ordered) {
      throw object.invalid("position", "needs participants_list_order_respected");
    }
    if (position < 1) {
      throw object.invalid("position", "must be 1 or more");
    }
    if (object.optionalText("nin").isPresent() && !isProtected) {
      throw object.invalid("nin", "needs is_protected");
    }
    return new Participant(
        object.email("handle"),
        object.text("role").equals("signer"),
        object.optionalText("display_name").orElse(null),
        position,
        object.has("nin"),
        null,
        null);
  }
}
