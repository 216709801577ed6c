package fi.signspace.plugin.sandbox.task;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.sandbox.Formats;
import fi.signspace.plugin.sandbox.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The payload of {@code tasks.signingRequest.create}, validated by the rules of the guide ("Create
 * Signing Request", "Enable SSN", "Adding Metadata").
 */
public record NewTask(
    SigningRequestSettings settings, List<String> fileIds, List<Participant> participants) {

  private static final Set<String> PARAMETERS =
      Set.of(
          "version",
          "title",
          "signing_discussion_disabled",
          "signature_strength",
          "recipient_language",
          "participants_list_order_respected",
          "participants",
          "owners_handles",
          "overdue_signing_disabled",
          "invitation_type",
          "files",
          "due_date",
          "description",
          "create_conversation",
          "cannot_sign_disabled",
          "acting_handle",
          "is_protected",
          "metadata_template",
          "metadata");

  private static final String GROUP = "group:";

  public static NewTask read(JsonNode body, Instant now) {
    Payload payload = Payload.of(body, PARAMETERS);
    checkFixedValues(payload);
    payload.optionalText("description");
    payload.flag("signing_discussion_disabled");
    payload.oneOf("signature_strength", "light", "strong");
    payload.oneOf("recipient_language", "en", "fi", "sv");
    payload.oneOf("invitation_type", "default_signing", "force_swr");
    checkOwners(payload);
    checkMetadata(payload);
    boolean ordered = payload.flag("participants_list_order_respected");
    var settings =
        new SigningRequestSettings(
            payload.actingHandle(),
            payload.text("title"),
            ordered,
            payload.flag("overdue_signing_disabled"),
            payload.flag("cannot_sign_disabled"),
            dueAt(payload, now),
            payload.without("files", "participants"));
    var participants = new ParticipantsReader(ordered, payload.flag("is_protected"));
    return new NewTask(settings, payload.ids("files"), participants.read(payload));
  }

  private static void checkFixedValues(Payload payload) {
    if (!payload.text("version").equals("v2")) {
      throw payload.invalid("version", "must be v2");
    }
    if (!payload.flag("create_conversation")) {
      throw payload.invalid("create_conversation", "must be true");
    }
  }

  private static @Nullable Instant dueAt(Payload payload, Instant now) {
    if (!payload.has("due_date")) {
      return null;
    }
    Instant dueAt =
        DueDate.parse(payload.text("due_date"))
            .orElseThrow(
                () -> payload.invalid("due_date", "must be an ISO 8601 date or date-time"));
    if (!dueAt.isAfter(now)) {
      throw payload.invalid("due_date", "must be in the future");
    }
    return dueAt;
  }

  private static void checkOwners(Payload payload) {
    for (String owner : payload.texts("owners_handles")) {
      boolean group = owner.startsWith(GROUP) && Formats.isId(owner.substring(GROUP.length()));
      if (!group && !Formats.isEmail(owner)) {
        throw payload.invalid(
            "owners_handles", "must be e-mail addresses or group:<24 hexadecimal digits>");
      }
    }
  }

  private static void checkMetadata(Payload payload) {
    payload.optionalId("metadata_template");
    payload.optionalObject("metadata").ifPresent(metadata -> checkMetadata(payload, metadata));
  }

  private static void checkMetadata(Payload payload, JsonNode metadata) {
    if (!payload.has("metadata_template")) {
      throw payload.invalid("metadata", "needs metadata_template");
    }
    for (Map.Entry<String, JsonNode> field : metadata.properties()) {
      if (!Formats.isId(field.getKey())) {
        throw payload.invalid("metadata", "must have ids of 24 hexadecimal digits as keys");
      }
      JsonNode value = field.getValue();
      if (!value.isObject() || value.size() != 1 || !value.hasNonNull("value")) {
        throw payload.invalid("metadata", "must have {\"value\": …} for each field");
      }
    }
  }
}
