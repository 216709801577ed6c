package fi.signspace.plugin.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import fi.signspace.plugin.sandbox.RefusalException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The current fault injection rules. Thread-safe. */
public final class Faults {

  private static final int MAX_RULES = 100;

  /** Half of Tomcat's threads, so that the page and the engine stay reachable. */
  private static final int MAX_WAITING = 100;

  private final Clock clock;
  private final List<Rule> rules = new ArrayList<>();
  private int waiting;

  public Faults(Clock clock) {
    this.clock = clock;
  }

  /** An active fault rule. */
  private static final class Rule {
    private final Fault fault;
    private final @Nullable Instant until;
    private int met;

    Rule(Fault fault, Instant now) {
      this.fault = fault;
      this.until = fault.period() == null ? null : now.plus(fault.period());
    }

    boolean isLive(Instant now) {
      boolean callsLeft = fault.times() == null || met < fault.times();
      return callsLeft && (until == null || now.isBefore(until));
    }
  }

  /** A rule as JSON: {@code met} is the number of affected calls. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RuleJson(
      String operation,
      String kind,
      @Nullable Integer status,
      @JsonProperty("retryAfter") @Nullable String retryAfter,
      @Nullable String body,
      @Nullable String latency,
      @Nullable Integer times,
      @JsonProperty("for") @Nullable String period,
      int met,
      @Nullable String until,
      boolean live) {}

  public synchronized void replace(List<Fault> faults) {
    rules.clear();
    faults.forEach(this::add);
    notifyAll();
  }

  synchronized void add(Fault fault) {
    if (rules.size() >= MAX_RULES) {
      throw RefusalException.of(400, "too_many", "No more than " + MAX_RULES + " faults at a time");
    }
    rules.add(new Rule(fault, clock.instant()));
  }

  /** Returns the first live rule for this operation and counts the call. */
  synchronized Optional<Fault> take(String operation) {
    for (Rule rule : rules) {
      if (rule.isLive(clock.instant()) && rule.fault.concerns(operation)) {
        rule.met++;
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  /**
   * Waits while the fault is among the rules: replacing them ends the wait. Returns immediately if
   * too many threads are waiting.
   */
  synchronized void pause(Fault fault, Duration duration) {
    if (waiting >= MAX_WAITING) {
      return;
    }
    waiting++;
    try {
      waitWhileInForce(fault, duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting--;
    }
  }

  private synchronized void waitWhileInForce(Fault fault, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (left > 0 && rules.stream().anyMatch(rule -> rule.fault.equals(fault))) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }

  synchronized List<RuleJson> show() {
    return rules.stream().map(this::show).toList();
  }

  private RuleJson show(Rule rule) {
    Fault fault = rule.fault;
    return new RuleJson(
        fault.operation(),
        fault.kind().text(),
        fault.status(),
        fault.retryAfter(),
        fault.html() ? "html" : null,
        fault.latency() == null ? null : fault.latency().toString(),
        fault.times(),
        fault.period() == null ? null : fault.period().toString(),
        rule.met,
        rule.until == null ? null : rule.until.toString(),
        rule.isLive(clock.instant()));
  }
}
