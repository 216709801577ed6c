package fi.signspace.plugin;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a request may look like ({@code signspace.request.*}).
 *
 * @param longestDocument no document may be longer
 * @param timeZone where a due date without a time zone is meant
 */
@ConfigurationProperties("signspace.request")
public record RequestProperties(
    @DefaultValue("60MB") DataSize longestDocument,
    @DefaultValue("Europe/Helsinki") ZoneId timeZone) {}
