package fi.signspace.plugin.model;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is known of the models that are deployed.
 *
 * @param topicsServedElsewhere external-task topics that other workers serve: nobody is warned of
 *     them
 */
@ConfigurationProperties("signspace.models")
public record ModelProperties(@DefaultValue List<String> topicsServedElsewhere) {}
