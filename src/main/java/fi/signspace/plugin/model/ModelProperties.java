package fi.signspace.plugin.model;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the check of deployed models.
 *
 * @param topicsServedElsewhere external-task topics of other workers, which cause no warning
 */
@ConfigurationProperties("signspace.models")
public record ModelProperties(@DefaultValue List<String> topicsServedElsewhere) {}
