package fi.signspace.plugin.api.start;

import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.encryption.UnreadableNinException;
import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Handles identity codes in requests to the API: callers may send them encrypted or as plaintext.
 * They are validated as plaintext and stored encrypted.
 */
final class NinEncryption {

  private final NinCipher cipher;

  NinEncryption(NinCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * Returns the values with plaintext codes, for validation. A code that this node cannot decrypt
   * is left to the worker, which can.
   */
  Map<String, Object> decrypt(Map<String, Object> values, List<FieldError> problems) {
    return replaced(values, (place, nin) -> decrypt(place, nin, problems));
  }

  private @Nullable Object decrypt(String place, Object nin, List<FieldError> problems) {
    if (!(nin instanceof String text)) {
      return nin;
    }
    if (NinCipher.isEncrypted(text)) {
      return cipher.canDecrypt() ? decryptText(place, text, problems) : null;
    }
    if (!cipher.canEncrypt()) {
      problems.add(
          new FieldError(
              place,
              "Identity codes cannot be used here: an administrator has to configure a key."));
    }
    return text;
  }

  private @Nullable Object decryptText(String place, String text, List<FieldError> problems) {
    try {
      return cipher.decrypt(text);
    } catch (UnreadableNinException e) {
      problems.add(new FieldError(place, String.valueOf(e.getMessage())));
      return null;
    }
  }

  /**
   * Returns the values with encrypted codes, for storage.
   *
   * @param values valid values
   */
  Map<String, Object> encrypt(Map<String, Object> values, List<FieldError> problems) {
    Map<String, Object> stored =
        replaced(values, (place, nin) -> nin instanceof String text ? encrypt(text) : nin);
    for (String place : ParticipantNins.plaintextNins(stored.get(ParticipantNins.PARTICIPANTS))) {
      problems.add(
          new FieldError(
              place, "An identity code stands where it does not belong; write it as nin."));
    }
    return stored;
  }

  private String encrypt(String nin) {
    return NinCipher.isEncrypted(nin) ? nin : cipher.encrypt(PersonalIdentityCode.normalized(nin));
  }

  private static Map<String, Object> replaced(
      Map<String, Object> values, BiFunction<String, Object, ? extends @Nullable Object> other) {
    Map<String, Object> result = new LinkedHashMap<>(values);
    result.computeIfPresent(
        ParticipantNins.PARTICIPANTS,
        (name, participants) -> ParticipantNins.replaced(participants, other));
    return result;
  }
}
