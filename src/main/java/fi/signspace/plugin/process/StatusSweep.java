package fi.signspace.plugin.process;

/** The names of the process {@code signing-status-sweep} that the model and the workers share. */
public final class StatusSweep {

  public static final String KEY = "signing-status-sweep";

  /** The external-task topic of a sweep. */
  public static final String TOPIC = "signspace.sweepStatuses";

  /** Result: the number of signing requests that process instances wait for. */
  public static final Variable<Integer> WAITING_REQUESTS =
      new Variable<>("waitingRequests", Integer.class);

  /** Result: the number of those that have changed. */
  public static final Variable<Integer> CHANGED_REQUESTS =
      new Variable<>("changedRequests", Integer.class);

  /** Result: why a sweep was aborted; absent if it was complete. */
  public static final Variable<String> BROKEN_OFF = new Variable<>("brokenOff", String.class);

  private StatusSweep() {}
}
