package fi.signspace.plugin.signing;

import org.jspecify.annotations.Nullable;

/**
 * A person in a signing request (guide, "participants").
 *
 * @param handle e-mail address
 * @param position the place in the signing order, from 1; only if the order is respected
 * @param nin Finnish personal identity code; never logged
 */
public record Participant(
    String handle,
    Role role,
    @Nullable String displayName,
    @Nullable Integer position,
    @Nullable String nin) {

  /** The role of a participant. */
  public enum Role {
    SIGNER,
    WATCHER
  }

  @Override
  public String toString() {
    return "Participant[" + handle + ", " + role + "]";
  }
}
