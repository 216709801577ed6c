package fi.signspace.plugin.engine.security.login;

import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.digest.PasswordManager;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;

/** Compares passwords with the digests in the database, without counting as a login attempt. */
public final class StoredPasswords {

  private final PasswordManager digests;

  public StoredPasswords(PasswordManager digests) {
    this.digests = digests;
  }

  public boolean isPasswordOf(User user, String password) {
    return user instanceof UserEntity stored
        && stored.getPassword() != null
        && digests.check(
            EncryptionUtil.saltPassword(password, stored.getSalt()), stored.getPassword());
  }
}
