package fi.signspace.plugin.signspace;

import fi.signspace.plugin.signing.SignSpaceException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;

/**
 * Records a metric and a trace span for every call to SignSpace, by operation and outcome. A
 * failure is recorded by its kind only, because its message may contain names.
 */
final class ObservedCalls {

  static final String NAME = "signspace.calls";

  private final ObservationRegistry registry;

  ObservedCalls(ObservationRegistry registry) {
    this.registry = registry;
  }

  <T> T observe(Operation operation, Supplier<T> call) {
    Observation observation =
        Observation.createNotStarted(NAME, registry)
            .contextualName("signspace " + operation.endpoint())
            .lowCardinalityKeyValue("operation", operation.endpoint())
            .start();
    String outcome = "fault";
    try (Observation.Scope scope = observation.openScope()) {
      T result = call.get();
      outcome = "done";
      return result;
    } catch (SignSpaceException e) {
      outcome = e.kind().outcome();
      throw e;
    } finally {
      observation.lowCardinalityKeyValue("outcome", outcome).stop();
    }
  }
}
