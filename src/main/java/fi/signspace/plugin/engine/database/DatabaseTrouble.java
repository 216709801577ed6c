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
 * Tells the log that the database cannot be used, and why: in one line, however many threads ask it
 * and however often. Others log each failure with its stack trace; these are left out.
 */
final class DatabaseTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseTrouble.class);

  /** So long a cause is not repeated. */
  private static final Duration REPEAT = Duration.ofMinutes(5);

  /** So long nothing fails before it is over: a full or read-only database still answers reads. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Map<String, Instant> told = new HashMap<>();
  private volatile @Nullable Instant lastFailure;

  DatabaseTrouble(InstantSource clock) {
    this.clock = clock;
  }

  /** In place of what others log about failures of the database. */
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
    Instant before = told.get(failure.kind());
    if (before == null || before.plus(REPEAT).isBefore(now)) {
      told.put(failure.kind(), now);
      LOG.error(
          "The database cannot be used: {}. Requests get HTTP 503 and timers wait; all goes on by itself when it can be used again",
          failure.message());
    }
  }

  /** The database has done something. */
  void noteSuccess() {
    Instant last = lastFailure;
    if (last != null && last.plus(QUIET).isBefore(clock.instant())) {
      end(last);
    }
  }

  private synchronized void end(Instant last) {
    if (last.equals(lastFailure)) {
      lastFailure = null;
      told.clear();
      LOG.info("The database can be used again");
    }
  }

  private final class StackTraces extends TurboFilter {

    /** What the engine's REST API logs about {@link DatabaseUnavailableException}. */
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
