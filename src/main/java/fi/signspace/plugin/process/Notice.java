package fi.signspace.plugin.process;

/** What a check tells people about a request besides its status: {@code signingNotice}. */
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
