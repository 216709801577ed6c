package fi.signspace.plugin.engine.nin;

import java.util.List;
import org.camunda.bpm.engine.BadUserRequestException;

/** Somebody gave an identity code in clear. The message says where, and nothing of the code. */
final class NinInClearException extends BadUserRequestException {

  NinInClearException(List<String> places) {
    super(
        """
        %s: a personal identity code must be encrypted, as JWE with the public key at /api/keys, and stand in the field nin \
        of its participant. Nothing was stored.\
        """
            .formatted(String.join(", ", places)));
  }
}
