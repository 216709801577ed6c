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

/** Logs failing fetches: once per cause, regardless of the number of loops and attempts. */
final class FetchFailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(FetchFailureLog.class);

  private final Set<Object> failing = new HashSet<>();
  private final Set<String> logged = new HashSet<>();

  /** Suppresses what Camunda's client logs: a stack trace for every failed fetch. */
  static FetchFailureLog replacingStackTraces() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback
        && logback.getTurboFilterList().stream().noneMatch(StackTraces.class::isInstance)) {
      logback.addTurboFilter(new StackTraces());
    }
    return new FetchFailureLog();
  }

  /** Records that a loop's fetch has succeeded. */
  synchronized void noteSuccess(Object loop) {
    if (failing.remove(loop) && failing.isEmpty()) {
      logged.clear();
      LOG.info("Fetching external tasks works again");
    }
  }

  /**
   * @param status of the response; 0 without one. It is not part of the failure: Camunda's client
   *     treats a response without a body, as to a wrong password, as no response
   */
  synchronized void noteFailure(Object loop, ExternalTaskClientException failure, int status) {
    failing.add(loop);
    String text = describe(failure, status);
    if (logged.add(text)) {
      LOG.error("Cannot fetch external tasks, retrying: {}", text);
    }
  }

  /** Records a failed fetch that the client itself has logged. */
  synchronized void noteUnexpectedFailure(Object loop) {
    failing.add(loop);
    if (logged.add("unexpected")) {
      LOG.error("Cannot fetch external tasks, retrying");
    }
  }

  private static String describe(ExternalTaskClientException failure, int status) {
    return switch (status) {
      case 0 -> "the engine cannot be reached (%s)".formatted(cause(failure));
      case 401 ->
          "HTTP 401, the engine does not know the workers' user or password. Set CAMUNDA_BPM_CLIENT_BASIC_AUTH_USERNAME and _PASSWORD, or SIGNSPACE_WORKER_PASSWORD alike on engine and worker";
      case 403 -> "HTTP 403, the workers' user may not fetch tasks";
      case 429 ->
          "HTTP 429, the engine temporarily rejects the workers' user after wrong passwords";
      default -> "HTTP %s, %s".formatted(status, cause(failure));
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
