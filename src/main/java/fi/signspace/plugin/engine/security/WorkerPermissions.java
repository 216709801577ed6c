package fi.signspace.plugin.engine.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.db.PermissionCheck;
import org.jspecify.annotations.Nullable;

/**
 * What workers may do in a process, as found in the database a short time ago. Only permissions are
 * cached, never refusals: a grant applies at once, its removal after {@link #TIME}. There are as
 * many entries as processes with our topics, times four permissions.
 */
final class WorkerPermissions {

  static final Duration TIME = Duration.ofSeconds(5);

  private static final String NO_REVOCATION = "";

  private final Clock clock;
  private final Map<Entry, Instant> ends = new ConcurrentHashMap<>();

  /**
   * @param process the key of the process
   * @param permission the name of the permission
   */
  private record Entry(String user, String process, String permission) {}

  WorkerPermissions(Clock clock) {
    this.clock = clock;
  }

  /** Whether these are the groups of a worker, and of nobody else. */
  boolean isWorker(@Nullable List<String> groups) {
    return List.of(SigningGroups.WORKERS).equals(groups);
  }

  boolean remembers(String user, PermissionCheck process) {
    return isCurrent(entry(user, process));
  }

  void remember(String user, PermissionCheck process) {
    add(entry(user, process));
  }

  /** Whether nothing has been revoked from the user or the workers. */
  boolean hasNoRevocation(String user) {
    return isCurrent(new Entry(user, NO_REVOCATION, NO_REVOCATION));
  }

  void rememberNoRevocation(String user) {
    add(new Entry(user, NO_REVOCATION, NO_REVOCATION));
  }

  private static Entry entry(String user, PermissionCheck process) {
    return new Entry(user, process.getResourceId(), process.getPermission().getName());
  }

  private boolean isCurrent(Entry entry) {
    Instant end = ends.get(entry);
    return end != null && clock.instant().isBefore(end);
  }

  private void add(Entry entry) {
    ends.put(entry, clock.instant().plus(TIME));
  }
}
