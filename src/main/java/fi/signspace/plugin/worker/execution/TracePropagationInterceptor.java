package fi.signspace.plugin.worker.execution;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.camunda.bpm.client.interceptor.ClientRequestContext;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Propagates the trace context to the engine, so that a task is one trace in both processes.
 * Fetches are not part of a trace.
 */
public final class TracePropagationInterceptor implements ClientRequestInterceptor {

  private final Tracer tracer;
  private final Propagator propagator;

  public TracePropagationInterceptor(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  @Override
  public void intercept(ClientRequestContext request) {
    Span span = tracer.currentSpan();
    if (span != null) {
      propagator.inject(span.context(), request, TracePropagationInterceptor::add);
    }
  }

  private static void add(@Nullable ClientRequestContext request, String name, String value) {
    if (request != null) {
      request.addHeader(name, value);
    }
  }
}
