package fi.signspace.plugin.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The calls received by the sandbox and their outcomes. Thread-safe. */
public final class CallLog {

  /** The outcome of a call whose connection was reset or whose client disconnected. */
  public static final String CUT = "cut";

  private static final int LAST_CALLS = 10_000;

  private final Clock clock;
  private final SortedMap<String, Counter> counters = new TreeMap<>();
  private final Deque<Call> last = new ArrayDeque<>();

  public CallLog(Clock clock) {
    this.clock = clock;
  }

  /**
   * A completed call.
   *
   * @param at when it was received, ISO 8601 in UTC
   * @param outcome the HTTP status, or {@link #CUT}
   */
  record Call(String at, String operation, String outcome) {}

  /** The counters of one operation; {@code answered} counts responses by HTTP status. */
  record Counter(int received, Map<String, Integer> answered, int cut) {

    static final Counter NONE = new Counter(0, Map.of(), 0);

    Counter plusReceived() {
      return new Counter(received + 1, answered, cut);
    }

    Counter plusEnded(String outcome) {
      if (outcome.equals(CUT)) {
        return new Counter(received, answered, cut + 1);
      }
      Map<String, Integer> more = new TreeMap<>(answered);
      more.merge(outcome, 1, Integer::sum);
      return new Counter(received, more, cut);
    }
  }

  /**
   * The counters and the latest calls.
   *
   * @param calls the latest calls, in the order of completion
   */
  public record History(SortedMap<String, Counter> operations, List<Call> calls) {}

  /**
   * @return the time of receipt
   */
  public synchronized Instant received(String operation) {
    counters.merge(
        operation, Counter.NONE.plusReceived(), (counter, one) -> counter.plusReceived());
    return clock.instant();
  }

  public synchronized void ended(Instant receivedAt, String operation, String outcome) {
    counters.computeIfPresent(operation, (name, counter) -> counter.plusEnded(outcome));
    last.addLast(new Call(receivedAt.toString(), operation, outcome));
    if (last.size() > LAST_CALLS) {
      last.removeFirst();
    }
  }

  public synchronized History show(int most) {
    long skipped = Math.max(0, last.size() - most);
    return new History(new TreeMap<>(counters), last.stream().skip(skipped).toList());
  }

  public synchronized void clear() {
    counters.clear();
    last.clear();
  }
}
