package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.api.event.EventType;
import java.time.Instant;

/**
 * Something that has happened to a request.
 *
 * @param signature the number of the signature, from 1; 0 if the event is not a signature
 */
public record Occurrence(EventType type, Instant at, int signature) {}
