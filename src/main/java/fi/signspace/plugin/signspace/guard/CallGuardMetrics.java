package fi.signspace.plugin.signspace.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Metrics of the circuit, the pause, and suppressed calls. */
public final class CallGuardMetrics implements MeterBinder {

  private static final List<State> STATES = List.of(State.CLOSED, State.HALF_OPEN, State.OPEN);

  private final CallGuard callGuard;

  public CallGuardMetrics(CallGuard callGuard) {
    this.callGuard = callGuard;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (State state : STATES) {
      Gauge.builder("signspace.circuit.state", callGuard, g -> g.circuitState() == state ? 1 : 0)
          .description("1 for the state that the circuit to SignSpace is in, 0 for the others")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    TimeGauge.builder(
            "signspace.pause", callGuard, TimeUnit.MILLISECONDS, g -> (double) g.pause().toMillis())
        .description("How long calls to SignSpace are still paused")
        .register(registry);
    FunctionCounter.builder("signspace.calls.held.back", callGuard, CallGuard::suppressed)
        .description("Calls that were not made because calls are paused or too many are queued")
        .register(registry);
  }
}
