package fi.signspace.plugin.api.bulk;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits and speed of bulk sending ({@code signspace.bulk.*}).
 *
 * @param maxRows the maximum number of rows of a list
 * @param maxSize the maximum size of a list, without its documents
 * @param maxDocumentsSize the maximum size of the documents in a ZIP, unpacked
 * @param portion the number of rows that are started in one transaction
 * @param maxUnsent the number of requests on their way to SignSpace above which no further row is
 *     started, so that a single request does not wait behind a list
 * @param poll the interval for looking for a list to send
 */
@Validated
@ConfigurationProperties("signspace.bulk")
record BulkProperties(
    @DefaultValue("10000") @Min(1) int maxRows,
    @DefaultValue("10MB") DataSize maxSize,
    @DefaultValue("1GB") DataSize maxDocumentsSize,
    @DefaultValue("10") @Min(1) @Max(SealedRows.SIZE) int portion,
    @DefaultValue("20") @Min(1) int maxUnsent,
    @DefaultValue("3s") Duration poll) {}
