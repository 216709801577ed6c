package fi.signspace.plugin.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Slows down whoever guesses passwords: after some wrong ones in a row, a user is refused from the
 * same address for a while without being looked at, each time for longer. Others, and the same user
 * from elsewhere, are not disturbed.
 */
final class LoginThrottle implements AuthenticationManager {

  private static final int FREE_GUESSES = 5;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 10_000;

  private final AuthenticationManager logins;
  private final Clock clock;
  private final Map<Guesser, Guesses> guesses =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Guesser, Guesses> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private record Guesser(String user, String address) {}

  private record Guesses(int wrong, Instant refusedUntil) {}

  LoginThrottle(List<AuthenticationProvider> providers, Clock clock) {
    this.logins = new ProviderManager(providers);
    this.clock = clock;
  }

  /**
   * @throws TooManyGuessesException if it is too early for another attempt
   */
  @Override
  public Authentication authenticate(Authentication login) {
    Guesser guesser = guesser(login);
    requirePatience(guesser);
    try {
      Authentication known = logins.authenticate(login);
      forget(guesser);
      return known;
    } catch (BadCredentialsException e) {
      remember(guesser);
      throw e;
    }
  }

  private static Guesser guesser(Authentication login) {
    String address =
        login.getDetails() instanceof WebAuthenticationDetails details
            ? String.valueOf(details.getRemoteAddress())
            : "";
    return new Guesser(login.getName(), address);
  }

  private synchronized void requirePatience(Guesser guesser) {
    Guesses made = guesses.get(guesser);
    if (made != null && clock.instant().isBefore(made.refusedUntil())) {
      throw new TooManyGuessesException(Duration.between(clock.instant(), made.refusedUntil()));
    }
  }

  private synchronized void remember(Guesser guesser) {
    Guesses made = guesses.remove(guesser);
    int wrong = made == null ? 1 : made.wrong() + 1;
    guesses.put(guesser, new Guesses(wrong, clock.instant().plus(waitAfter(wrong))));
  }

  private static Duration waitAfter(int wrong) {
    if (wrong < FREE_GUESSES) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(wrong - FREE_GUESSES, 10));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private synchronized void forget(Guesser guesser) {
    guesses.remove(guesser);
  }
}
