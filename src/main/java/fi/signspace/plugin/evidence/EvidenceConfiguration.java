package fi.signspace.plugin.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/** Loads the evidence keys of this node. */
@Configuration(proxyBeanMethods = false)
class EvidenceConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(EvidenceConfiguration.class);

  @Bean
  EvidenceKeys evidenceKeys(
      EvidenceProperties properties, ResourceLoader loader, ObjectProvider<EvidenceSecret> secret) {
    EvidenceSecret derivedFrom = secret.getIfAvailable();
    EvidenceKey own =
        given(properties.privateKey())
            ? read("private-key", properties.privateKey(), loader, KeyReader::privateKey)
            : derivedFrom == null ? null : KeyReader.derived(derivedFrom);
    List<EvidenceKey> others = new ArrayList<>();
    if (derivedFrom != null) {
      others.addAll(KeyReader.formerlyDerived(derivedFrom));
    }
    if (given(properties.publicKeys())) {
      others.addAll(read("public-keys", properties.publicKeys(), loader, KeyReader::publicKeys));
    }
    EvidenceKeys keys = EvidenceKeys.of(own, others);
    if (keys.isEmpty()) {
      LOG.warn(
          "This node cannot verify any request as signed, since it has no evidence key: set"
              + " signspace.evidence.public-keys to the response of GET /api/evidence-keys on a worker node"
              + " (see docs/evidence.md)");
    }
    return keys;
  }

  @Bean
  InfoContributor evidenceKeysInUse(EvidenceKeys keys) {
    return info -> info.withDetail("evidenceKeys", keys.ids());
  }

  @Bean
  EvidenceSigner evidenceSigner(EvidenceKeys keys) {
    return new EvidenceSigner(keys);
  }

  @Bean
  EvidenceVerifier evidenceVerifier(EvidenceKeys keys) {
    return new EvidenceVerifier(keys);
  }

  private static boolean given(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  private static <T> T read(
      String property,
      @Nullable String textOrLocation,
      ResourceLoader loader,
      Function<String, T> reader) {
    String given = Objects.requireNonNull(textOrLocation).strip();
    boolean isText = given.startsWith("-----BEGIN") || given.startsWith("{");
    String place = isText ? "(given as text)" : given;
    try {
      return reader.apply(
          isText ? given : loader.getResource(given).getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "signspace.evidence.%s: %s cannot be read".formatted(property, place), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "signspace.evidence.%s: %s %s".formatted(property, place, e.getMessage()), e);
    }
  }
}
