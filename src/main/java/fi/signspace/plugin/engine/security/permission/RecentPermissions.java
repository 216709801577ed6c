package fi.signspace.plugin.engine.security.permission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Caches the permissions of the few users that workers log in as. A change by an admin applies
 * after {@link #TIME}, the deployment of a process on this node at once.
 */
public final class RecentPermissions {

  static final Duration TIME = Duration.ofSeconds(5);

  private final Clock clock;
  private final Map<String, Recent> byUser = new ConcurrentHashMap<>();

  private record Recent(WorkerPermissions permissions, Instant end) {}

  public RecentPermissions(Clock clock) {
    this.clock = clock;
  }

  WorkerPermissions of(String user, Function<String, WorkerPermissions> load) {
    Recent recent = byUser.get(user);
    if (recent == null || !clock.instant().isBefore(recent.end())) {
      recent = new Recent(load.apply(user), clock.instant().plus(TIME));
      byUser.put(user, recent);
    }
    return recent.permissions();
  }

  void forget() {
    byUser.clear();
  }
}
