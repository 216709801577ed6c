package fi.signspace.plugin.encryption;

import java.time.Instant;
import java.util.Optional;

/**
 * When the workers began to seal what they write. Only what an engine recorded before that moment
 * may lack a seal.
 */
public interface SealedSince {

  /** Empty if it is not known: then nothing may lack a seal. */
  Optional<Instant> moment();
}
