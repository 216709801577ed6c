package fi.signspace.plugin.api.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What can happen to a request, in the order in which simultaneous events are listed. */
public enum EventType {
  CREATED("created"),
  UPLOADED("uploaded"),
  SENT("sent"),
  CHECKED("checked"),
  SIGNED("signed"),
  DECLINED("declined"),
  REMINDED("reminded"),
  ESCALATED("escalated"),
  DECIDED("decided"),
  REPLACED("replaced"),
  SENT_AGAIN("sentAgain"),
  CANCELLED("cancelled"),
  REOPENED("reopened"),
  ON_HOLD("onHold"),
  RESUMED("resumed"),
  DUE_SOON("dueSoon"),
  OVERDUE("overdue"),
  DECISION_NEEDED("decisionNeeded"),
  DOWNLOADED("downloaded"),
  ENDED("ended");

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  public static Optional<EventType> parse(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }
}
