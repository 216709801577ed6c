package fi.signspace.plugin.api;

import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.encryption.UnreadableNinException;
import fi.signspace.plugin.signing.FieldError;
import fi.signspace.plugin.signing.PersonalIdentityCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Identity codes on their way through the API: a caller may send them encrypted or in clear; they
 * are checked in clear and stored encrypted.
 */
final class NinEncryption {

  private final NinCipher cipher;

  NinEncryption(NinCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * The values with codes in clear, to be checked. A code that this node cannot decrypt is left to
   * the worker, who can.
   */
  Map<String, Object> inClear(Map<String, Object> values, List<FieldError> problems) {
    return replaced(values, (place, nin) -> inClear(place, nin, problems));
  }

  private @Nullable Object inClear(String place, Object nin, List<FieldError> problems) {
    if (!(nin instanceof String text)) {
      return nin;
    }
    if (NinCipher.isEncrypted(text)) {
      return cipher.canDecrypt() ? decrypted(place, text, problems) : null;
    }
    if (!cipher.canEncrypt()) {
      problems.add(
          new FieldError(
              place, "Identity codes cannot be used here: an administrator has to set up a key."));
    }
    return text;
  }

  private @Nullable Object decrypted(String place, String text, List<FieldError> problems) {
    try {
      return cipher.decrypt(text);
    } catch (UnreadableNinException e) {
      problems.add(new FieldError(place, String.valueOf(e.getMessage())));
      return null;
    }
  }

  /**
   * The values with codes encrypted, to be stored.
   *
   * @param values valid ones
   */
  Map<String, Object> encrypted(Map<String, Object> values, List<FieldError> problems) {
    Map<String, Object> stored =
        replaced(values, (place, nin) -> nin instanceof String text ? encrypted(text) : nin);
    for (String place : ParticipantNins.inClear(stored.get(ParticipantNins.PARTICIPANTS))) {
      problems.add(
          new FieldError(
              place, "An identity code stands where it does not belong; write it as nin."));
    }
    return stored;
  }

  private String encrypted(String nin) {
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
