package fi.signspace.plugin.encryption;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.function.SingletonSupplier;

/** The keys of a node. The first one encrypts; all private ones decrypt. */
final class Keys {

  private static final int BITS = 3072;

  private final Supplier<List<RSAKey>> keys;
  private final boolean isGenerated;

  Keys(RSAKey... keys) {
    List<RSAKey> given = List.of(keys);
    this.keys = () -> given;
    this.isGenerated = false;
  }

  private Keys(SingletonSupplier<List<RSAKey>> keys) {
    this.keys = keys::obtain;
    this.isGenerated = true;
  }

  static Keys none() {
    return new Keys();
  }

  /** Reads keys that are configured as text or as a location. */
  static Keys configured(List<String> textsOrLocations, ResourceLoader loader) {
    return new Keys(
        textsOrLocations.stream().map(key -> read(key.strip(), loader)).toArray(RSAKey[]::new));
  }

  /**
   * A key that exists until the process ends. It is generated on first use, which takes about a
   * second.
   */
  static Keys generated() {
    return new Keys(SingletonSupplier.of(() -> List.of(generate())));
  }

  private static RSAKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      var pair = generator.generateKeyPair();
      RSAKey.Builder key =
          new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate());
      return Pem.named(key);
    } catch (NoSuchAlgorithmException | JOSEException e) {
      throw new IllegalStateException("Cannot generate an RSA key", e);
    }
  }

  /** Returns the ids of configured keys; a generated key has no id before its first use. */
  List<String> configuredIds() {
    return isGenerated ? List.of() : keys.get().stream().map(RSAKey::getKeyID).toList();
  }

  Optional<RSAKey> encrypting() {
    return keys.get().stream().findFirst();
  }

  Optional<RSAKey> decrypting(String id) {
    return keys.get().stream()
        .filter(RSAKey::isPrivate)
        .filter(key -> id.equals(key.getKeyID()))
        .findAny();
  }

  boolean canDecrypt() {
    return keys.get().stream().anyMatch(RSAKey::isPrivate);
  }

  private static RSAKey read(String textOrLocation, ResourceLoader loader) {
    if (textOrLocation.startsWith("-----BEGIN")) {
      return Pem.read("(given as text)", textOrLocation);
    }
    try {
      String text =
          loader.getResource(textOrLocation).getContentAsString(StandardCharsets.US_ASCII);
      return Pem.read(textOrLocation, text);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "signspace.encryption.keys: %s cannot be read".formatted(textOrLocation), e);
    }
  }
}
