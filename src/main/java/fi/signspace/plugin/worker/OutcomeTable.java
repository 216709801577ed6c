package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.SignSpaceException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that says what becomes of a task whose work has failed:
 *
 * <ul>
 *   <li>a person can correct it → the BPMN error of the contract
 *   <li>it may heal (SignSpace or the engine cannot be reached, is busy or failing; no memory is
 *       left) → later, with growing waits
 *   <li>it cannot heal (credentials, scope, a bug of ours) → an incident at once
 *   <li>the task is no longer ours → nothing
 * </ul>
 */
final class OutcomeTable {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeTable.class);
  private static final int MOST_CAUSES = 5;
  private static final int MOST_FRAMES = 20;

  static Outcome of(Throwable failure, boolean inputIsCorrectable) {
    if (failure instanceof InputRejectedException rejected) {
      return new Outcome.Rejected(textOf(rejected));
    }
    if (failure instanceof SignSpaceException signSpace) {
      return of(signSpace, inputIsCorrectable);
    }
    if (failure instanceof NotYetException notYet) {
      return new Outcome.Later(textOf(notYet), notYet.waitFor());
    }
    if (failure instanceof NeedsAdminException needsAdmin) {
      return new Outcome.NeedsAdmin(textOf(needsAdmin));
    }
    if (failure instanceof LockLostException || failure instanceof NotFoundException) {
      return new Outcome.Dropped(textOf(failure));
    }
    if (failure instanceof ExternalTaskClientException
        && !(failure instanceof BadRequestException)) {
      return new Outcome.Later("The engine could not be asked: " + textOf(failure), null);
    }
    if (failure instanceof OutOfMemoryError) {
      return new Outcome.Later("The worker ran out of memory", null);
    }
    LOG.error("Unexpected failure: {}", framesOf(failure));
    return new Outcome.NeedsAdmin(
        "Unexpected failure (%s). The log of this time has the details; please report it."
            .formatted(failure.getClass().getSimpleName()));
  }

  private static Outcome of(SignSpaceException failure, boolean inputIsCorrectable) {
    String message = textOf(failure);
    return switch (failure.kind()) {
      case REJECTED ->
          inputIsCorrectable
              ? new Outcome.Rejected(message)
              : new Outcome.NeedsAdmin(message, failure.brief());
      case MAY_HEAL ->
          new Outcome.Later(message, failure.brief(), failure.retryAfter().orElse(null));
      case CANNOT_HEAL -> new Outcome.NeedsAdmin(message, failure.brief());
    };
  }

  /** Where it happened; the messages are left out, since they may quote what a caller gave. */
  private static String framesOf(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .map(cause -> cause.getClass().getName() + framesAlone(cause))
        .collect(Collectors.joining("\nCaused by: "));
  }

  private static String framesAlone(Throwable failure) {
    return Stream.of(failure.getStackTrace())
        .limit(MOST_FRAMES)
        .map(frame -> "\n\tat " + frame)
        .collect(Collectors.joining());
  }

  private static String textOf(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  private OutcomeTable() {}
}
