package fi.signspace.plugin.signspace.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.testkit.SettableClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When calls are paused, and for how long. */
class CallGuardTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  private final SettableClock clock = new SettableClock();
  private final AtomicInteger calls = new AtomicInteger();
  private final CallGuard callGuard = new CallGuard(clock, 1000);

  @Test
  void a_pause_requested_from_one_call_applies_to_every_call() {
    fail(SignSpaceException.notDone("HTTP 429", Duration.ofSeconds(30), null));
    clock.advance(Duration.ofSeconds(10));

    SignSpaceException refusal = refusal();

    assertThat(refusal.kind()).isEqualTo(SignSpaceException.Kind.TRANSIENT);
    assertThat(refusal.isOutcomeUnknown()).isFalse();
    assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(callGuard.pause()).isEqualTo(Duration.ofSeconds(20));
    clock.advance(Duration.ofSeconds(20));
    assertThat(callGuard.pause()).isZero();
    assertThatCallsGoThrough(1);
  }

  @Test
  void a_shorter_pause_does_not_end_a_longer_one() {
    SignSpaceException longer = SignSpaceException.notDone("1", Duration.ofMinutes(5), null);
    SignSpaceException shorter = SignSpaceException.notDone("2", Duration.ofSeconds(1), null);

    assertThatThrownBy(
            () ->
                callGuard.call(
                    () -> {
                      fail(longer);
                      throw shorter;
                    }))
        .isSameAs(shorter);

    assertThat(callGuard.pause()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void one_document_that_keeps_failing_does_not_open_the_circuit() {
    for (int i = 0; i < 50; i++) {
      failFor("document " + i % 6, SignSpaceException.outcomeUnknown("HTTP 500", null, null));
      callGuard.call("good", () -> "done");
    }

    assertThat(callGuard.pause()).isZero();
    assertThat(callGuard.circuitState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void the_same_documents_open_the_circuit_while_no_other_call_succeeds() {
    for (int i = 0; i < 10; i++) {
      failFor("document " + i % 3, SignSpaceException.outcomeUnknown("HTTP 503", null, null));
    }

    assertThat(callGuard.pause()).isPositive();
  }

  @Test
  void many_failing_documents_open_the_circuit() {
    for (int i = 0; i < 10; i++) {
      failFor("document " + i, SignSpaceException.outcomeUnknown("HTTP 500", null, null));
    }

    assertThat(callGuard.pause()).isPositive();
  }

  @Test
  void one_document_for_which_signspace_is_unreachable_opens_the_circuit() {
    for (int i = 0; i < 10; i++) {
      failFor("document", SignSpaceException.unreachable("no connection", null, null));
    }

    assertThat(callGuard.pause()).isPositive();
  }

  @Test
  void a_wrong_response_does_not_open_the_circuit() {
    for (int i = 0; i < 50; i++) {
      failFor("document " + i, SignSpaceException.unconfirmed("the file is empty"));
    }

    assertThat(callGuard.pause()).isZero();
  }

  private void failFor(String subject, SignSpaceException failure) {
    Supplier<String> call =
        () -> {
          throw failure;
        };
    assertThatThrownBy(() -> callGuard.call(subject, call)).isInstanceOf(SignSpaceException.class);
  }

  @Test
  void a_pause_lasts_at_most_an_hour() {
    fail(SignSpaceException.notDone("HTTP 503", Duration.ofDays(400), null));

    assertThat(callGuard.pause()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void after_ten_failures_calls_are_paused_and_then_probed() {
    failTimes(10);

    assertThat(callGuard.pause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(5).plus(MILLI));
    assertThat(callGuard.pause()).isZero();
    assertThatCallsGoThrough(20);
  }

  @Test
  void probes_that_end_with_an_error_of_the_machine_do_not_keep_other_calls_waiting() {
    failTimes(10);
    clock.advance(Duration.ofSeconds(5).plus(MILLI));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  callGuard.call(
                      () -> {
                        throw new OutOfMemoryError("expected by the test");
                      }))
          .isInstanceOf(OutOfMemoryError.class);
    }

    assertThatCallsGoThrough(20);
  }

  @Test
  void pauses_grow_while_signspace_keeps_failing() {
    failTimes(10);
    for (long seconds : new long[] {5, 10, 20, 40, 60, 60}) {
      assertThat(callGuard.pause()).isEqualTo(Duration.ofSeconds(seconds));

      clock.advance(Duration.ofSeconds(seconds).plus(MILLI));
      failTimes(3);
    }
  }

  @Test
  void a_few_probe_calls_precede_the_others() {
    failTimes(10);
    clock.advance(Duration.ofSeconds(5).plus(MILLI));

    SignSpaceException fourth =
        callGuard.call(() -> callGuard.call(() -> callGuard.call(() -> refusal())));

    assertThat(fourth.isOutcomeUnknown()).isFalse();
    assertThat(fourth.retryAfter()).isPresent();
    assertThatCallsGoThrough(20);
  }

  @Test
  void rejected_calls_do_not_count_as_failures() {
    for (int i = 0; i < 30; i++) {
      fail(SignSpaceException.rejected("HTTP 422"));
      fail(SignSpaceException.permanent("HTTP 403", null));
    }

    assertThat(callGuard.pause()).isZero();
    assertThatCallsGoThrough(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void a_small_rate_holds_for_a_second(int callsPerSecond) {
    CallGuard slow = new CallGuard(clock, callsPerSecond);
    long start = System.nanoTime();

    for (int i = 0; i <= callsPerSecond; i++) {
      slow.call(calls::incrementAndGet);
    }

    // the first period may have started before the first call
    long almostASecond = 1_000_000_000L * (callsPerSecond - 1) / callsPerSecond;
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(almostASecond);
  }

  private void failTimes(int times) {
    for (int i = 0; i < times; i++) {
      fail(SignSpaceException.notDone("HTTP 503", null, null));
    }
  }

  private void fail(SignSpaceException failure) {
    Supplier<String> failing =
        () -> {
          throw failure;
        };
    assertThatThrownBy(() -> callGuard.call(failing)).isSameAs(failure);
  }

  private SignSpaceException refusal() {
    int before = calls.get();
    SignSpaceException refusal =
        catchThrowableOfType(
            SignSpaceException.class, () -> callGuard.call(calls::incrementAndGet));
    assertThat(calls).as("calls that were made").hasValue(before);
    return refusal;
  }

  private void assertThatCallsGoThrough(int number) {
    for (int i = 0; i < number; i++) {
      int before = calls.get();
      assertThat(callGuard.call(calls::incrementAndGet)).isEqualTo(before + 1);
    }
  }
}
