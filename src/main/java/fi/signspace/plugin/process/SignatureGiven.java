package fi.signspace.plugin.process;

import org.jspecify.annotations.Nullable;

/**
 * Who has signed and when, as forms and the API show it. Times are ISO 8601, UTC.
 *
 * @param documentsReplacedAt when the documents that this signature was given to were replaced;
 *     null if they are the present ones, or that is not known
 */
public record SignatureGiven(
    @Nullable String signedBy, @Nullable String signedAt, @Nullable String documentsReplacedAt) {}
