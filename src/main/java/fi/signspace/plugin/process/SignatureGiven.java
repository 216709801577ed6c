package fi.signspace.plugin.process;

import org.jspecify.annotations.Nullable;

/**
 * Who has signed and when, as the forms show it.
 *
 * @param signedAt ISO 8601, UTC
 */
public record SignatureGiven(@Nullable String signedBy, @Nullable String signedAt) {}
