package fi.signspace.plugin.signing;

import fi.signspace.plugin.signing.input.StartOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validated signing request (guide, "Create Signing Request").
 *
 * @param actingHandle id or e-mail address
 * @param dueDate the moment after which the request is overdue
 * @param metadata SignSpace's field id to its value
 * @param options the options that were given and are sent without further processing, as text or
 *     Boolean; for the others SignSpace's defaults apply
 */
public record SigningRequest(
    String actingHandle,
    String title,
    List<Participant> participants,
    @Nullable Instant dueDate,
    boolean isProtected,
    List<String> ownersHandles,
    Map<String, Object> metadata,
    Map<StartOption, Object> options) {

  public SigningRequest {
    participants = List.copyOf(participants);
    ownersHandles = List.copyOf(ownersHandles);
    metadata = Map.copyOf(metadata);
    options = Map.copyOf(options);
  }
}
