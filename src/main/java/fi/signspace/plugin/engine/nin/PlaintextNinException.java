package fi.signspace.plugin.engine.nin;

import java.util.List;

/**
 * A variable contains a plaintext identity code. The message names the place but never contains the
 * code.
 */
final class PlaintextNinException extends RefusedValueException {

  private static final long serialVersionUID = 1L;

  PlaintextNinException(List<String> places) {
    super(
        """
        %s: a personal identity code must be encrypted, as JWE with the public key at /api/keys, and stand in the field nin \
        of its participant.\
        """
            .formatted(String.join(", ", places)));
  }
}
