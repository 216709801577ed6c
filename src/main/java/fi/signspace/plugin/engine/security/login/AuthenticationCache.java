package fi.signspace.plugin.engine.security.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Caches successful logins for a short time, so that the requests of a client do not each cost
 * queries to the database or to LDAP. Passwords are not stored, only a keyed hash under a random
 * key. A password or group that is revoked remains valid here for that time.
 */
public final class AuthenticationCache {

  static final Duration TIME = Duration.ofSeconds(30);

  private static final int MAX_LOGINS = 1000;
  private static final String ALGORITHM = "HmacSHA256";

  private final Clock clock;
  private final SecretKeySpec key;
  private final Map<String, Login> logins =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Login> eldest) {
          return size() > MAX_LOGINS;
        }
      };

  private record Login(String mark, EngineUser user, Instant end) {}

  public AuthenticationCache(Clock clock) {
    this.clock = clock;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  Optional<EngineUser> find(String id, String password) {
    String mark = mark(password);
    return get(id)
        .filter(login -> clock.instant().isBefore(login.end()))
        .filter(login -> login.mark().equals(mark))
        .map(Login::user);
  }

  private synchronized Optional<Login> get(String id) {
    return Optional.ofNullable(logins.get(id));
  }

  synchronized void add(String id, String password, EngineUser user) {
    logins.put(id, new Login(mark(password), user, clock.instant().plus(TIME)));
  }

  private String mark(String password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JVM provides " + ALGORITHM, e);
    }
  }
}
