package fi.signspace.plugin.sandbox.page;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.sandbox.file.StoredFile;
import fi.signspace.plugin.sandbox.task.Action;
import fi.signspace.plugin.sandbox.task.Participant;
import fi.signspace.plugin.sandbox.task.SigningRequestSettings;
import fi.signspace.plugin.sandbox.task.SigningRules;
import fi.signspace.plugin.sandbox.task.Task;
import fi.signspace.plugin.sandbox.task.TaskJson;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A signing request as shown on the page: the API's response, and the participants.
 *
 * @param documents in the order in which signatories see them
 * @param participants in signing order
 * @param can the operations allowed now
 * @param parameters the payload of its creation, except files and participants
 */
record TaskView(
    @JsonUnwrapped TaskJson task,
    String actingHandle,
    @Nullable String dueAt,
    List<DocumentView> documents,
    List<DocumentView> signedDocuments,
    List<PersonView> participants,
    List<Action> can,
    JsonNode parameters) {

  /** A document and its URL. */
  record DocumentView(
      String id,
      String name,
      @Nullable Integer importanceOrder,
      int size,
      String type,
      String url) {}

  /** The state of a participant. */
  enum PersonState {
    SIGNED,
    DECLINED,
    /** Can sign now. */
    ASKED,
    /** Cannot sign now. */
    WAITING,
    /** Only watches. */
    WATCHING;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A person.
   *
   * @param position null unless the order matters
   * @param nin whether there is a personal identity code: {@code given} or {@code none}
   * @param why why the person cannot sign now
   */
  record PersonView(
      String handle,
      String role,
      @Nullable String displayName,
      @Nullable Integer position,
      String nin,
      PersonState state,
      @Nullable String signedAt,
      @Nullable String declinedAt,
      boolean canSign,
      boolean canDecline,
      @Nullable String why) {}

  static TaskView of(Task task, Instant now, URI page) {
    SigningRequestSettings settings = task.settings();
    return new TaskView(
        TaskJson.of(task, now, page),
        settings.actingHandle(),
        settings.dueAt() == null ? null : settings.dueAt().toString(),
        documents(task.files(), page),
        documents(task.signedFiles(), page),
        task.participants().stream().map(person -> person(task, person, now)).toList(),
        Arrays.stream(Action.values()).filter(action -> action.isPossible(task)).toList(),
        settings.parameters());
  }

  private static List<DocumentView> documents(List<StoredFile> files, URI page) {
    return files.stream().sorted(StoredFile.AS_SHOWN).map(file -> document(file, page)).toList();
  }

  private static DocumentView document(StoredFile file, URI page) {
    return new DocumentView(
        file.id(),
        file.name(),
        file.importanceOrder(),
        file.content().length,
        file.mediaType().toString(),
        page + "/documents/" + file.id());
  }

  private static PersonView person(Task task, Participant person, Instant now) {
    @Nullable String why = SigningRules.whyNotSign(task, person, now).orElse(null);
    return new PersonView(
        person.handle(),
        person.signer() ? "signer" : "watcher",
        person.displayName(),
        person.signer() && task.settings().orderRespected() ? person.position() : null,
        person.ninGiven() ? "given" : "none",
        state(person, why == null),
        person.signedAt() == null ? null : person.signedAt().toString(),
        person.declinedAt() == null ? null : person.declinedAt().toString(),
        why == null,
        SigningRules.whyNotDecline(task, person).isEmpty(),
        why);
  }

  private static PersonState state(Participant person, boolean canSign) {
    if (!person.signer()) {
      return PersonState.WATCHING;
    }
    if (person.hasSigned()) {
      return PersonState.SIGNED;
    }
    if (person.hasDeclined()) {
      return PersonState.DECLINED;
    }
    return canSign ? PersonState.ASKED : PersonState.WAITING;
  }
}
