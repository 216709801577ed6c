package fi.signspace.plugin.api.timeline;

import fi.signspace.plugin.api.event.EventType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One event of a request's timeline. */
@Schema(name = "Event")
public record RequestEvent(
    Instant at,
    @Schema(
            type = "string",
            allowableValues = {
              "created",
              "uploaded",
              "sent",
              "checked",
              "signed",
              "declined",
              "reminded",
              "escalated",
              "decided",
              "replaced",
              "sentAgain",
              "cancelled",
              "reopened",
              "onHold",
              "resumed",
              "dueSoon",
              "overdue",
              "decisionNeeded",
              "downloaded",
              "ended"
            })
        EventType type,
    @Schema(
            description =
                "The user or signer who did it, by the id of that time; null if a worker did, or if"
                    + " the engine has not recorded who")
        @Nullable String by,
    @Schema(description = "A sentence, in the language of Accept-Language: en, fi or sv")
        String text) {}
