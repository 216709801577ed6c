package fi.signspace.plugin.encryption;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state that only another node can read; the message says what this node lacks. */
public final class UnknownSealKeyException extends RuntimeException {

  private final @Nullable String keyId;

  private UnknownSealKeyException(String message, @Nullable String keyId) {
    super(message);
    this.keyId = keyId;
  }

  static UnknownSealKeyException ofKey(String keyId) {
    return new UnknownSealKeyException(
        "sealed with the key %s, which this node does not have. Add its secret to signspace.seal.former-secrets"
            .formatted(keyId),
        keyId);
  }

  static UnknownSealKeyException ofLaterFormat(String format) {
    return new UnknownSealKeyException(
        "of a later format than this version can read (%s). Upgrade this node".formatted(format),
        null);
  }

  /** The missing key; empty if the format is unknown. */
  public Optional<String> keyId() {
    return Optional.ofNullable(keyId);
  }
}
