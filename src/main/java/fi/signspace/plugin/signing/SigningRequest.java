package fi.signspace.plugin.signing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validated signing request (guide, "Create Signing Request"). Null and empty options are omitted
 * from the payload, so SignSpace's own defaults apply.
 *
 * @param actingHandle id or e-mail address
 * @param dueDate the moment after which the request is overdue
 * @param metadata SignSpace's field id to its value
 * @param metadataTemplate id of the template that the fields belong to
 */
public record SigningRequest(
    String actingHandle,
    String title,
    @Nullable String description,
    List<Participant> participants,
    @Nullable RecipientLanguage recipientLanguage,
    @Nullable SignatureStrength signatureStrength,
    @Nullable InvitationType invitationType,
    @Nullable Instant dueDate,
    @Nullable Boolean participantsListOrderRespected,
    @Nullable Boolean signingDiscussionDisabled,
    @Nullable Boolean overdueSigningDisabled,
    @Nullable Boolean cannotSignDisabled,
    boolean isProtected,
    List<String> ownersHandles,
    Map<String, Object> metadata,
    @Nullable String metadataTemplate) {

  public SigningRequest {
    participants = List.copyOf(participants);
    ownersHandles = List.copyOf(ownersHandles);
    metadata = Map.copyOf(metadata);
  }

  /** The language of SignSpace's e-mails. */
  public enum RecipientLanguage {
    EN,
    FI,
    SV
  }

  /** How a signatory is identified. */
  public enum SignatureStrength {
    LIGHT,
    STRONG
  }

  /** How signatories are invited. */
  public enum InvitationType {
    DEFAULT_SIGNING,
    FORCE_SWR
  }
}
