package fi.signspace.plugin.engine.security.login;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.GenericManagerFactory;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords of the engine's own users without locking accounts. The engine would lock an
 * account after wrong passwords from any address, so that anyone could lock a user or a worker out.
 * Guessing is throttled by address instead, before this check. Checking an unknown user takes as
 * long as checking a wrong password.
 */
public class LoginIdentityProvider extends DbIdentityServiceProvider {

  private static final String NO_SALT = "";

  private static volatile @Nullable String digest;

  public static SessionFactory factory() {
    return new GenericManagerFactory(LoginIdentityProvider.class);
  }

  @Override
  public boolean checkPassword(@Nullable String id, @Nullable String password) {
    UserEntity user = findUserById(id);
    return password != null
        && matchPassword(password, user == null ? unknownUser() : user)
        && user != null;
  }

  /** Has a password digest of the same kind as real users. */
  private static UserEntity unknownUser() {
    String known = digest;
    if (known == null) {
      known = Context.getProcessEngineConfiguration().getPasswordManager().encrypt(NO_SALT);
      digest = known;
    }
    UserEntity user = new UserEntity();
    user.setSalt(NO_SALT);
    user.setDbPassword(known);
    return user;
  }
}
