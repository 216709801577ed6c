package fi.signspace.plugin.process;

/**
 * The names of the process {@code bulk-signing}, and of what it leaves on the requests of a list.
 */
public final class BulkProcess {

  public static final String KEY = "bulk-signing";

  /** The topic that starts the requests of a list; engine nodes serve it themselves. */
  public static final String SEND_ROWS_TOPIC = "signspace.sendRows";

  public static final String PAUSE = "pauseBulk";
  public static final String RESUME = "resumeBulk";
  public static final String CANCEL = "cancelBulk";

  /** The end event of a list whose remaining rows are not sent. */
  public static final String CANCELLED = "endEvent_bulkCancelled";

  /** The number of rows of a list. */
  public static final String ROWS = "bulkRows";

  /** The number of rows that have been started. */
  public static final String ROWS_STARTED = "rowsStarted";

  /** What comes next: {@code sending}, {@code waiting} or {@code done}. */
  public static final String PHASE = "sendingPhase";

  /** Followed by a number from 1: sealed rows. */
  public static final String PORTION = "bulkPortion";

  /**
   * Followed by a number from 1: the encrypted identity codes of the rows of the same part. They
   * never get into the history, and are removed when the last row of the part is started.
   */
  public static final String CODES = "bulkCodes";

  /** Followed by a hash: marks the instance that an upload has started. */
  public static final String UPLOAD = "bulkUpload_";

  /** On a request: the id of the first upload of its list. */
  public static final String LIST = "bulkListId";

  /** On a request, followed by the id of the bulk that has started it: the key of its row. */
  public static final String ROW = "bulkRow_";

  private BulkProcess() {}
}
