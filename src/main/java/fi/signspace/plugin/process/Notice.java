package fi.signspace.plugin.process;

/** A notice that a check gives in addition to the status: {@code signingNotice}. */
public enum Notice {
  ESCALATED("escalated"),
  OVERDUE("overdue"),
  DUE_SOON("dueSoon"),
  REMINDED("reminded");

  private final String text;

  Notice(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
