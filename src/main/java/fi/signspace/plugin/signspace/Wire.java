package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fi.signspace.plugin.signing.SigningRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is sent, as the guide names it. Absent options are left out, so that SignSpace's defaults
 * hold.
 */
final class Wire {

  /** Guide, "1. Create File(s)"; the bytes become Base64. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record FileCreate(String actingHandle, String name, byte[] base64, int importanceOrder) {}

  /** Guide, "Cancel Signing Request" and "Re-open Signing Request". */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record TaskAction(String actingHandle, String task) {}

  /** Guide, "Edit Files of a Signing Request". */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record SigningRequestUpdate(String actingHandle, String task, List<String> files) {}

  /** Guide, "2. Create Signing Request". */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record SigningRequestCreate(
      String actingHandle,
      String version,
      boolean createConversation,
      String title,
      @Nullable String description,
      List<String> files,
      List<Participant> participants,
      @Nullable String recipientLanguage,
      @Nullable String signatureStrength,
      @Nullable String invitationType,
      @Nullable Instant dueDate,
      @Nullable Boolean participantsListOrderRespected,
      @Nullable Boolean signingDiscussionDisabled,
      @Nullable Boolean overdueSigningDisabled,
      @Nullable Boolean cannotSignDisabled,
      @Nullable Boolean isProtected,
      List<String> ownersHandles,
      Map<String, Value> metadata,
      @Nullable String metadataTemplate) {

    static SigningRequestCreate of(SigningRequest request, List<String> files) {
      return new SigningRequestCreate(
          request.actingHandle(),
          "v2",
          true,
          request.title(),
          request.description(),
          files,
          request.participants().stream().map(Participant::of).toList(),
          text(request.recipientLanguage()),
          text(request.signatureStrength()),
          text(request.invitationType()),
          request.dueDate(),
          request.participantsListOrderRespected(),
          request.signingDiscussionDisabled(),
          request.overdueSigningDisabled(),
          request.cannotSignDisabled(),
          request.isProtected() ? true : null,
          request.ownersHandles(),
          request.metadata().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, field -> new Value(field.getValue()))),
          request.metadataTemplate());
    }
  }

  /** Guide, "participants" and "Enable SSN Verification". */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Participant(
      String handle,
      String role,
      @Nullable String displayName,
      @Nullable Integer position,
      @Nullable String nin) {

    static Participant of(fi.signspace.plugin.signing.Participant participant) {
      return new Participant(
          participant.handle(),
          participant.role().name().toLowerCase(Locale.ROOT),
          participant.displayName(),
          participant.position(),
          participant.nin());
    }

    @Override
    public String toString() {
      return "Participant[" + handle + "]";
    }
  }

  /** Guide, "Adding Metadata To a Signing Request". */
  record Value(Object value) {}

  private static @Nullable String text(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }

  private Wire() {}
}
