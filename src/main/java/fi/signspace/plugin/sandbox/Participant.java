package fi.signspace.plugin.sandbox;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person in a signing request. Of a personal identity code, only whether there is one is kept.
 *
 * @param position when the person signs if the order is respected; the same position signs in any
 *     order
 * @param signedAt null until the person has signed
 * @param declinedAt null unless the person has declined
 */
record Participant(
    String handle,
    boolean signer,
    @Nullable String displayName,
    int position,
    boolean ninGiven,
    @Nullable Instant signedAt,
    @Nullable Instant declinedAt) {

  /** Equal for two spellings of one handle, on every machine. */
  static String key(String handle) {
    return Normalizer.normalize(handle, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  boolean hasSigned() {
    return signedAt != null;
  }

  boolean hasDeclined() {
    return declinedAt != null;
  }

  Participant signed(Instant at) {
    return new Participant(handle, signer, displayName, position, ninGiven, at, null);
  }

  Participant declined(Instant at) {
    return new Participant(handle, signer, displayName, position, ninGiven, null, at);
  }

  /** Asked anew, unless the person has signed. */
  Participant askedAnew() {
    return new Participant(handle, signer, displayName, position, ninGiven, signedAt, null);
  }
}
