package fi.signspace.plugin.access.login;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** The user has to wait before the next login attempt. */
final class TooManyLoginAttemptsException extends AuthenticationException {

  private static final long serialVersionUID = 1;

  private final Duration wait;

  TooManyLoginAttemptsException(Duration wait) {
    super("Too many wrong passwords");
    this.wait = wait;
  }

  /** Whole seconds, at least one. */
  long seconds() {
    return wait.plusMillis(999).toSeconds();
  }
}
