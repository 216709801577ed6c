package fi.signspace.plugin.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be done to a signing request as a whole, and when. */
enum Action {
  HOLD,
  CANCEL,
  OPEN,
  UPDATE,
  COMPLETE;

  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isPossible(Task task) {
    return switch (this) {
      case HOLD -> task.state() == Task.State.PENDING;
      case CANCEL -> task.state() != Task.State.COMPLETE;
      case OPEN -> task.state() == Task.State.CANCELLED || task.state() == Task.State.ON_HOLD;
      case UPDATE -> task.state() == Task.State.PENDING || task.state() == Task.State.ON_HOLD;
      // once more if the evidence is still missing: it came late
      case COMPLETE -> task.state() != Task.State.CANCELLED && task.signedFiles().isEmpty();
    };
  }
}
