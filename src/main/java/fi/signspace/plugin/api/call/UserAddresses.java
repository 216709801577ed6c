package fi.signspace.plugin.api.call;

import fi.signspace.plugin.signing.text.Handles;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;

/** The e-mail addresses in the profiles of the engine's users. */
public final class UserAddresses {

  private final IdentityService identity;

  public UserAddresses(IdentityService identity) {
    this.identity = identity;
  }

  /** Empty if the user is unknown, or has no valid address. */
  public Optional<String> of(String user) {
    return Optional.ofNullable(identity.createUserQuery().userId(user).singleResult())
        .map(User::getEmail)
        .map(String::strip)
        .filter(Handles::isEmail);
  }
}
