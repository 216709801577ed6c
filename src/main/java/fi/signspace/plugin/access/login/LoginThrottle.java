package fi.signspace.plugin.access.login;

import fi.signspace.plugin.access.ClientAddress;
import java.time.Clock;
import java.util.List;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Throttles password guessing over HTTP Basic ({@link LoginAttempts}). */
public final class LoginThrottle implements AuthenticationManager {

  private final AuthenticationManager logins;
  private final LoginAttempts attempts;

  LoginThrottle(List<AuthenticationProvider> providers, Clock clock) {
    this(providers, new LoginAttempts(clock));
  }

  public LoginThrottle(List<AuthenticationProvider> providers, LoginAttempts attempts) {
    this.logins = new ProviderManager(providers);
    this.attempts = attempts;
  }

  /**
   * @throws TooManyLoginAttemptsException if the user has to wait before another attempt
   */
  @Override
  public Authentication authenticate(Authentication login) {
    ClientAddress address = addressOf(login);
    attempts
        .waitOf(login.getName(), address)
        .ifPresent(
            wait -> {
              throw new TooManyLoginAttemptsException(wait);
            });
    try {
      Authentication known = logins.authenticate(login);
      attempts.succeeded(login.getName(), address);
      return known;
    } catch (BadCredentialsException e) {
      attempts.failed(login.getName(), address);
      throw e;
    }
  }

  private static ClientAddress addressOf(Authentication login) {
    return ClientAddress.of(
        login.getDetails() instanceof WebAuthenticationDetails details
            ? String.valueOf(details.getRemoteAddress())
            : "");
  }
}
