package fi.signspace.plugin.engine.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Logs that the database cannot be used, and why: one line per cause, however many threads run into
 * it. The stack traces that other components log for each of these failures are suppressed.
 */
final class DatabaseFailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFailureLog.class);

  /** The same cause is not logged again within this time. */
  private static final Duration REPEAT = Duration.ofMinutes(5);

  /**
   * The outage counts as over when nothing has failed for this long: a full or read-only database
   * still serves reads.
   */
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Map<String, Instant> lastLogged = new HashMap<>();
  private volatile @Nullable Instant lastFailure;

  DatabaseFailureLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Suppresses what other components log about failures of the database. */
  void replaceStackTraces() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
      logback
          .getTurboFilterList()
          .removeAll(
              logback.getTurboFilterList().stream().filter(StackTraces.class::isInstance).toList());
      logback.addTurboFilter(new StackTraces());
    }
  }

  /**
   * @return whether the database is the cause
   */
  boolean note(Throwable failure) {
    Optional<DatabaseFailure> found = DatabaseFailure.in(failure);
    found.ifPresent(this::note);
    return found.isPresent();
  }

  private synchronized void note(DatabaseFailure failure) {
    Instant now = clock.instant();
    lastFailure = now;
    Instant before = lastLogged.get(failure.kind());
    if (before == null || before.plus(REPEAT).isBefore(now)) {
      lastLogged.put(failure.kind(), now);
      LOG.error(
          "The database cannot be used: {}. Requests get HTTP 503 and timers wait; work resumes automatically once the database is available",
          failure.message());
    }
  }

  /** Records that a command has succeeded. */
  void noteSuccess() {
    Instant last = lastFailure;
    if (last != null && last.plus(QUIET).isBefore(clock.instant())) {
      end(last);
    }
  }

  private synchronized void end(Instant last) {
    if (last.equals(lastFailure)) {
      lastFailure = null;
      lastLogged.clear();
      LOG.info("The database is available again");
    }
  }

  private final class StackTraces extends TurboFilter {

    /** The code under which the engine's REST API logs {@link DatabaseUnavailableException}. */
    private static final String UNAVAILABLE = "ENGINE-REST-HTTP503";

    @Override
    public FilterReply decide(
        @Nullable Marker marker,
        ch.qos.logback.classic.Logger logger,
        Level level,
        @Nullable String format,
        Object @Nullable [] arguments,
        @Nullable Throwable failure) {
      if (!level.isGreaterOrEqual(Level.WARN)) {
        return FilterReply.NEUTRAL;
      }
      boolean isRepeated =
          (format != null && format.startsWith(UNAVAILABLE))
              || Stream.concat(
                      Stream.ofNullable(failure), Stream.ofNullable(arguments).flatMap(Stream::of))
                  .anyMatch(this::isOfDatabase);
      return isRepeated ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private boolean isOfDatabase(Object argument) {
      return argument instanceof Throwable cause
          && (cause instanceof DatabaseUnavailableException || note(cause));
    }
  }
}
