package fi.signspace.plugin.access.login;

import fi.signspace.plugin.access.ClientAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks failed logins by user and network, and by network alone. After several failures in a row,
 * further attempts of that user from that network are rejected without a check for an increasing
 * time; attempts from elsewhere are not affected. A network from which many users were tried is
 * blocked in the same way, except for users who have logged in from there before.
 */
public final class LoginAttempts {

  private static final Logger LOG = LoggerFactory.getLogger(LoginAttempts.class);

  private static final int FREE_PER_USER = 5;
  private static final int FREE_PER_ADDRESS = 50;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);
  private static final Duration ADDRESS_MEMORY = Duration.ofMinutes(15);
  private static final int MAX_REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<Pair, Failures> byUser = new Recent<>();
  private final Map<String, Failures> byAddress = new Recent<>();
  private final Map<Pair, Boolean> known = new Recent<>();

  private record Pair(String user, String network) {}

  private record Failures(int count, Instant last, Instant refusedUntil) {}

  public LoginAttempts(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns how long the user has to wait before the next attempt from this address; empty if there
   * is no wait.
   */
  synchronized Optional<Duration> waitOf(String user, ClientAddress address) {
    Pair pair = pair(user, address);
    Duration wait = waitOf(byUser.get(pair));
    if (!known.containsKey(pair)) {
      Duration ofAddress = waitOf(byAddress.get(address.network()));
      wait = wait.compareTo(ofAddress) > 0 ? wait : ofAddress;
    }
    return wait.isZero() ? Optional.empty() : Optional.of(wait);
  }

  private Duration waitOf(@Nullable Failures failures) {
    Instant now = clock.instant();
    return failures != null && now.isBefore(failures.refusedUntil())
        ? Duration.between(now, failures.refusedUntil())
        : Duration.ZERO;
  }

  synchronized void failed(String user, ClientAddress address) {
    Pair pair = pair(user, address);
    add(byUser, pair, FREE_PER_USER);
    if (!known.containsKey(pair)) {
      Failures past = byAddress.get(address.network());
      if (past != null && past.last().plus(ADDRESS_MEMORY).isBefore(clock.instant())) {
        byAddress.remove(address.network());
      }
      if (add(byAddress, address.network(), FREE_PER_ADDRESS) == FREE_PER_ADDRESS) {
        LOG.warn(
            "{} failed logins came from {}: users who have never logged in from there have to"
                + " wait. If that is a proxy of yours, name it in signspace.trusted-proxies",
            FREE_PER_ADDRESS,
            address);
      }
    }
  }

  private <K> int add(Map<K, Failures> failures, K key, int free) {
    Failures past = failures.remove(key);
    int count = past == null ? 1 : past.count() + 1;
    Instant now = clock.instant();
    failures.put(key, new Failures(count, now, now.plus(waitAfter(count - free))));
    return count;
  }

  private static Duration waitAfter(int tooMany) {
    if (tooMany < 0) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(tooMany, 10));
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }

  synchronized void succeeded(String user, ClientAddress address) {
    Pair pair = pair(user, address);
    byUser.remove(pair);
    known.remove(pair);
    known.put(pair, Boolean.TRUE);
  }

  /** LDAP user names are case-insensitive. */
  private static Pair pair(String user, ClientAddress address) {
    return new Pair(user.strip().toLowerCase(Locale.ROOT), address.network());
  }

  /** A map that evicts its oldest entries. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MAX_REMEMBERED;
    }
  }
}
