package fi.signspace.plugin.engine.nin;

import java.util.List;
import org.camunda.bpm.engine.BadUserRequestException;

/**
 * A value is rejected and not stored. The message says which one and why, without quoting the
 * value.
 */
final class RefusedValueException extends BadUserRequestException {

  private static final long serialVersionUID = 1L;

  RefusedValueException(String message) {
    super(message + " Nothing was stored.");
  }

  /**
   * A variable contains plaintext identity codes in these places; the message quotes none of them.
   */
  static RefusedValueException plaintextNins(List<String> places) {
    return new RefusedValueException(
        """
        %s: a personal identity code must be encrypted, as JWE with the public key at /api/keys, and stand in the field nin \
        of its participant.\
        """
            .formatted(String.join(", ", places)));
  }
}
