package fi.signspace.plugin.encryption;

import java.time.Instant;
import java.util.Optional;

/**
 * When the workers started to seal their state. Only data that the engine recorded before this time
 * may lack a seal.
 */
public interface SealedSince {

  /** Returns empty if unknown; then nothing may lack a seal. */
  Optional<Instant> moment();
}
