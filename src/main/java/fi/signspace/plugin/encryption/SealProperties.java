package fi.signspace.plugin.encryption;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the workers' state is sealed with ({@code signspace.seal.*}).
 *
 * @param secret the same on all nodes; empty: derived from the client secret of SignSpace
 * @param formerSecrets what earlier states were sealed with, client secrets included; still read
 */
@ConfigurationProperties("signspace.seal")
record SealProperties(@DefaultValue("") String secret, @DefaultValue List<String> formerSecrets) {

  SealProperties {
    formerSecrets = formerSecrets.stream().filter(former -> !former.isBlank()).toList();
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SealProperties[%d former secrets]".formatted(formerSecrets.size());
  }
}
