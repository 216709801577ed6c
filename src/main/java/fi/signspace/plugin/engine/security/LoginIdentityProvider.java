package fi.signspace.plugin.engine.security;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.GenericManagerFactory;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords of the engine's own users without locking a user: the engine would, for wrong
 * passwords from wherever, so that anybody can keep a user or a worker out. Guessing is slowed down
 * by address instead, before it comes here. An unknown user takes as long as a wrong password.
 */
public class LoginIdentityProvider extends DbIdentityServiceProvider {

  private static final String NO_SALT = "";

  private static volatile @Nullable String digest;

  static SessionFactory factory() {
    return new GenericManagerFactory(LoginIdentityProvider.class);
  }

  @Override
  public boolean checkPassword(@Nullable String id, @Nullable String password) {
    UserEntity user = findUserById(id);
    return password != null
        && matchPassword(password, user == null ? stranger() : user)
        && user != null;
  }

  /** Has a digest of the same kind as everybody else. */
  private static UserEntity stranger() {
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
