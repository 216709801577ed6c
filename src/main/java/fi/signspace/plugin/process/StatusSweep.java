package fi.signspace.plugin.process;

/** The words of the process {@code signing-status-sweep} that the model and the workers share. */
public final class StatusSweep {

  public static final String KEY = "signing-status-sweep";

  /** The external-task topic of a sweep. */
  public static final String TOPIC = "signspace.sweepStatuses";

  /** Result: the signing requests that processes waited for. */
  public static final Variable<Integer> WAITING_REQUESTS =
      new Variable<>("waitingRequests", Integer.class);

  /** Result: those of them that had changed. */
  public static final Variable<Integer> CHANGED_REQUESTS =
      new Variable<>("changedRequests", Integer.class);

  /** Result: why a sweep did nothing, or not everything; absent if it was whole. */
  public static final Variable<String> BROKEN_OFF = new Variable<>("brokenOff", String.class);

  private StatusSweep() {}
}
