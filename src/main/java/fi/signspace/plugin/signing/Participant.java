package fi.signspace.plugin.signing;

import org.jspecify.annotations.Nullable;

/**
 * A person in a signing request (guide, "participants").
 *
 * @param handle e-mail address
 * @param position when this person signs, from 1; only with a respected order
 * @param nin Finnish personal identity code; never logged, never printed
 */
public record Participant(
    String handle,
    Role role,
    @Nullable String displayName,
    @Nullable Integer position,
    @Nullable String nin) {

  /** What a participant does. */
  public enum Role {
    SIGNER,
    WATCHER
  }

  @Override
  public String toString() {
    return "Participant[" + handle + ", " + role + "]";
  }
}
