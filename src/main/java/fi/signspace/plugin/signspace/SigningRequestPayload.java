package fi.signspace.plugin.signspace;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import fi.signspace.plugin.signing.Participant;
import fi.signspace.plugin.signing.SigningRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payload of tasks.signingRequest.create (guide, "2. Create Signing Request", "Enable SSN
 * Verification", "Adding Metadata To a Signing Request"). Null and empty values are omitted, so
 * SignSpace's own defaults apply.
 *
 * @param dueDate ISO 8601, in UTC
 * @param isProtected true or omitted
 * @param options further parameters by SignSpace's name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record SigningRequestPayload(
    String version,
    boolean createConversation,
    String actingHandle,
    String title,
    List<String> files,
    List<ParticipantPayload> participants,
    List<String> ownersHandles,
    @Nullable String dueDate,
    @Nullable Boolean isProtected,
    Map<String, FieldPayload> metadata,
    @JsonAnyGetter Map<String, Object> options) {

  /**
   * With version "v2" and a conversation, one call creates the request and sends its invitations.
   */
  static SigningRequestPayload of(SigningRequest request, List<String> fileIds) {
    return new SigningRequestPayload(
        "v2",
        true,
        request.actingHandle(),
        request.title(),
        fileIds,
        request.participants().stream().map(ParticipantPayload::of).toList(),
        request.ownersHandles(),
        text(request.dueDate()),
        request.isProtected() ? true : null,
        fields(request.metadata()),
        request.options().entrySet().stream()
            .collect(toMap(option -> option.getKey().parameter(), Map.Entry::getValue)));
  }

  private static Map<String, FieldPayload> fields(Map<String, Object> metadata) {
    return metadata.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, field -> new FieldPayload(field.getValue())));
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }

  /** The guide's spelling of a choice, e.g. {@code default_signing}. */
  private static @Nullable String word(@Nullable Enum<?> choice) {
    return choice == null ? null : choice.name().toLowerCase(Locale.ROOT);
  }

  /** A metadata field: any value, including empty text. */
  record FieldPayload(Object value) {}

  /** A participant. May contain a personal identity code, which is never logged. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record ParticipantPayload(
      String handle,
      @Nullable String role,
      @Nullable String displayName,
      @Nullable Integer position,
      @Nullable String nin) {

    static ParticipantPayload of(Participant participant) {
      return new ParticipantPayload(
          participant.handle(),
          word(participant.role()),
          participant.displayName(),
          participant.position(),
          participant.nin());
    }

    @Override
    public String toString() {
      return "ParticipantPayload[" + role + "]";
    }
  }
}
