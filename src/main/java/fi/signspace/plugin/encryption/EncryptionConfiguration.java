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
 * Loads the keys of this node. A node that is engine and worker in one generates a key if none is
 * configured; separate nodes would not know each other's keys.
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
            "signspace.encryption.keys contains only public keys, but this node has workers, which"
                + " decrypt: add the private keys");
      }
      return keys;
    }
    if (hasEngine && hasWorkers) {
      LOG.warn(
          "Personal identity codes are encrypted with a temporary key that is lost when this process ends: requests"
              + " in a database will then need their codes again, and other nodes cannot"
              + " decrypt them. Set signspace.encryption.keys (see docs/encryption.md)");
      return Keys.generated();
    }
    LOG.warn(
        "Personal identity codes cannot be used: signspace.encryption.keys is not set (see"
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
   * Creates the seal keys. The secret is derived from the client secret unless it is configured, so
   * that a node with workers needs no further setting. The sandbox's client secret is public, and
   * therefore so is its seal secret.
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

  /** The info endpoint shows the current key. */
  @Bean
  InfoContributor sealKeysInUse(SealKeys keys) {
    return info -> info.withDetail("sealKeys", keys.ids());
  }

  @Bean
  ListSeal listSeal(SealKeys keys) {
    return new ListSeal(keys);
  }

  @Bean
  StateSeal stateSeal(SealKeys keys) {
    return new StateSeal(keys);
  }
}
