package fi.signspace.plugin.encryption;

import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/**
 * Finds the keys of this node. A node that is engine and worker in one makes itself a key when none
 * is configured; two nodes would not know each other's.
 */
@Configuration(proxyBeanMethods = false)
class EncryptionConfiguration {

  private static final String SANDBOX_SECRET = "sandbox";
  private static final Logger LOG = LoggerFactory.getLogger(EncryptionConfiguration.class);

  @Bean
  Keys encryptionKeys(
      EncryptionProperties properties,
      ResourceLoader loader,
      @Value("${camunda.bpm.enabled:true}") boolean hasEngine,
      @Value("${signspace.worker.enabled:true}") boolean hasWorkers) {
    if (!properties.keys().isEmpty()) {
      Keys keys = Keys.configured(properties.keys(), loader);
      if (hasWorkers && !keys.canDecrypt()) {
        throw new IllegalStateException(
            "signspace.encryption.keys has public keys only, but this node has workers, which"
                + " decrypt: give it the private keys");
      }
      return keys;
    }
    if (hasEngine && hasWorkers) {
      LOG.warn(
          "Personal identity codes are encrypted with a key that ends with this process: requests"
              + " that wait in a database then ask for their codes anew, and other nodes cannot"
              + " decrypt them. Set signspace.encryption.keys (see docs/encryption.md)");
      return Keys.generated();
    }
    LOG.warn(
        "No personal identity codes can be used: signspace.encryption.keys is not set (see"
            + " docs/encryption.md)");
    return Keys.none();
  }

  @Bean
  InfoContributor encryptionKeysInUse(Keys keys) {
    return info -> info.withDetail("identityCodeKeys", keys.configuredIds());
  }

  @Bean
  NinCipher ninCipher(Keys keys) {
    return new NinCipher(keys);
  }

  /**
   * The secret is derived from the client secret unless it is configured, so that a node with
   * workers needs no setting of its own. The sandbox's client secret is known to all, and so is
   * what it seals.
   */
  @Bean
  SealKeys sealKeys(
      SealProperties properties,
      @Value("${signspace.api-url:}") String apiUrl,
      @Value("${signspace.client-secret:}") String clientSecret,
      @Value("${signspace.worker.enabled:true}") boolean hasWorkers) {
    boolean isSandbox = hasWorkers && apiUrl.isBlank() && clientSecret.isBlank();
    String derived = isSandbox ? SANDBOX_SECRET : clientSecret;
    String secret = properties.secret().isBlank() ? derived : properties.secret();
    return new SealKeys(
        Stream.concat(Stream.of(secret), properties.formerSecrets().stream())
            .filter(text -> !text.isBlank())
            .toList());
  }

  /** The one that seals first. */
  @Bean
  InfoContributor sealKeysInUse(SealKeys keys) {
    return info -> info.withDetail("sealKeys", keys.ids());
  }

  @Bean
  StateSeal stateSeal(SealKeys keys) {
    return new StateSeal(keys);
  }
}
