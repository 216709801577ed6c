package fi.signspace.plugin.worker.execution;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Tells the log that the engine hands out no tasks, and why: once, however many loops ask and
 * however often.
 */
final class FetchFailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(FetchFailureLog.class);

  private final Set<Object> failing = new HashSet<>();
  private final Set<String> told = new HashSet<>();

  /** In place of what Camunda's client logs: every failed question, with its stack trace. */
  static FetchFailureLog replacingStackTraces() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback
        && logback.getTurboFilterList().stream().noneMatch(StackTraces.class::isInstance)) {
      logback.addTurboFilter(new StackTraces());
    }
    return new FetchFailureLog();
  }

  /** The engine has answered a loop's question for tasks with tasks, or with none. */
  synchronized void isOver(Object loop) {
    if (failing.remove(loop) && failing.isEmpty()) {
      told.clear();
      LOG.info("The engine hands out tasks again");
    }
  }

  /**
   * @param status of the answer; 0 if there was none. The failure does not tell it: to Camunda's
   *     client an answer without a body, as to a wrong password, is no answer
   */
  synchronized void note(Object loop, ExternalTaskClientException failure, int status) {
    failing.add(loop);
    String now = inWords(failure, status);
    if (told.add(now)) {
      LOG.error("The engine hands out no tasks, and is asked again until it does: {}", now);
    }
  }

  /** A question has ended in a way of which the client itself has told the log. */
  synchronized void noteUnexpected(Object loop) {
    failing.add(loop);
    if (told.add("unexpected")) {
      LOG.error("Tasks cannot be fetched, and the engine is asked again until they can");
    }
  }

  private static String inWords(ExternalTaskClientException failure, int status) {
    return switch (status) {
      case 0 -> "it cannot be reached (%s)".formatted(cause(failure));
      case 401 ->
          "HTTP 401, it does not know the workers' user or password. Set CAMUNDA_BPM_CLIENT_BASIC_AUTH_USERNAME and _PASSWORD, or SIGNSPACE_WORKER_PASSWORD alike on engine and worker";
      case 403 -> "HTTP 403, the workers' user may not fetch tasks";
      case 429 -> "HTTP 429, it refuses the workers' user for a time after wrong passwords";
      default -> "HTTP %d, %s".formatted(status, cause(failure));
    };
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure.getCause();
    String message = String.valueOf((cause == null ? failure : cause).getMessage());
    return message.lines().findFirst().orElse("");
  }

  private static final class StackTraces extends TurboFilter {

    private static final String FETCH_FAILED = "TASK/CLIENT-03001";

    @Override
    public FilterReply decide(
        @Nullable Marker marker,
        ch.qos.logback.classic.Logger logger,
        Level level,
        @Nullable String format,
        Object @Nullable [] arguments,
        @Nullable Throwable failure) {
      return format != null && format.startsWith(FETCH_FAILED)
          ? FilterReply.DENY
          : FilterReply.NEUTRAL;
    }
  }
}
