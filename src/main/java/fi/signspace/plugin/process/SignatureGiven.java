package fi.signspace.plugin.process;

import org.jspecify.annotations.Nullable;

/**
 * A signature as forms and the API show it. Times are ISO 8601 in UTC.
 *
 * @param documentsReplacedAt when the documents of this signature were replaced; null if they are
 *     current or that is unknown
 */
public record SignatureGiven(
    @Nullable String signedBy, @Nullable String signedAt, @Nullable String documentsReplacedAt) {}
