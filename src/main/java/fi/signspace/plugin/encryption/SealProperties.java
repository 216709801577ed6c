package fi.signspace.plugin.encryption;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The secrets that seal the workers' state ({@code signspace.seal.*}).
 *
 * @param secret must be the same on all nodes; if empty, it is derived from the SignSpace client
 *     secret
 * @param formerSecrets secrets of earlier states, including former client secrets; used only for
 *     reading
 */
@ConfigurationProperties("signspace.seal")
record SealProperties(@DefaultValue("") String secret, @DefaultValue List<String> formerSecrets) {

  SealProperties {
    formerSecrets = formerSecrets.stream().filter(former -> !former.isBlank()).toList();
  }

  /** Excludes the secrets. */
  @Override
  public String toString() {
    return "SealProperties[%s former secrets]".formatted(formerSecrets.size());
  }
}
