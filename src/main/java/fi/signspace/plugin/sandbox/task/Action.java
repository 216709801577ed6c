package fi.signspace.plugin.sandbox.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The operations on a signing request, and the states that allow them. */
public enum Action {
  HOLD,
  CANCEL,
  OPEN,
  UPDATE,
  COMPLETE,
  /** SignSpace's guide has no status for a decline; a real one may be reported all the same. */
  REPORT,
  /** Gives the request a status that is not in the guide. */
  PARK,
  /** Replaces the documents without the API client that has sent them. */
  EXCHANGE,
  /** Ends the time for signing now. */
  EXPIRE,
  /** Removes the request, so that the API does not find it any more. */
  DELETE;

  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isPossible(Task task) {
    return switch (this) {
      case HOLD, PARK, EXPIRE -> task.state() == Task.State.PENDING;
      case DELETE -> true;
      case CANCEL -> task.state() != Task.State.COMPLETE;
      case OPEN ->
          task.state() == Task.State.CANCELLED
              || task.state() == Task.State.ON_HOLD
              || task.state() == Task.State.DECLINED
              || task.state() == Task.State.PARKED;
      case UPDATE, EXCHANGE ->
          task.state() == Task.State.PENDING || task.state() == Task.State.ON_HOLD;
      // again while the evidence is missing: late evidence
      case COMPLETE ->
          task.state() != Task.State.CANCELLED
              && task.state() != Task.State.DECLINED
              && task.signedFiles().isEmpty();
      case REPORT ->
          task.state() == Task.State.PENDING
              && task.participants().stream().anyMatch(Participant::hasDeclined);
    };
  }
}
