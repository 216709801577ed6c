package fi.signspace.plugin.sandbox.task;

import com.fasterxml.jackson.annotation.JsonValue;

/** The status of a signing request on the wire (guide, "tasks.list" and "due_date"). */
public enum Status {
  OPEN("open"),
  IN_PROGRESS("in_progress"),
  ON_HOLD("on_hold"),
  COMPLETE("complete"),
  CANCELLED("cancelled"),
  OVERDUE("OVERDUE"),
  DECLINED("declined"),
  PARKED("parked");

  private final String text;

  Status(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }
}
