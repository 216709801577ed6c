package fi.signspace.plugin.sandbox.task;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person in a signing request. A personal identity code is not stored, only whether there is one.
 *
 * @param position the place in the signing order, if it is respected; the same position signs in
 *     any order
 * @param signedAt null until the person has signed
 * @param declinedAt null unless the person has declined
 */
public record Participant(
    String handle,
    boolean signer,
    @Nullable String displayName,
    int position,
    boolean ninGiven,
    @Nullable Instant signedAt,
    @Nullable Instant declinedAt) {

  /** Returns a key that is equal for all spellings of a handle, independent of the locale. */
  static String key(String handle) {
    return Normalizer.normalize(handle, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  public boolean hasSigned() {
    return signedAt != null;
  }

  public boolean hasDeclined() {
    return declinedAt != null;
  }

  Participant signed(Instant at) {
    return new Participant(handle, signer, displayName, position, ninGiven, at, null);
  }

  Participant declined(Instant at) {
    return new Participant(handle, signer, displayName, position, ninGiven, null, at);
  }

  /** Reverts a decline. */
  Participant withoutDecline() {
    return new Participant(handle, signer, displayName, position, ninGiven, signedAt, null);
  }
}
