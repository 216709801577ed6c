package fi.signspace.plugin.sandbox.fault;

import fi.signspace.plugin.sandbox.CallLog;
import fi.signspace.plugin.sandbox.Json;
import fi.signspace.plugin.sandbox.Operation;
import fi.signspace.plugin.sandbox.RefusalException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Counts API calls and injects faults into those that match a {@link Fault}. */
public final class FaultInjectionFilter extends OncePerRequestFilter {

  /**
   * How long a call without a response is held before its connection is closed; clients time out
   * earlier.
   */
  private static final Duration MAX_HOLD = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(FaultInjectionFilter.class);

  private final Faults faults;
  private final CallLog calls;

  public FaultInjectionFilter(Faults faults, CallLog calls) {
    this.faults = faults;
    this.calls = calls;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String operation =
        Operation.ofPath(request.getServletPath()).map(Operation::text).orElse("unknown");
    Instant at = calls.received(operation);
    String outcome = CallLog.CUT;
    try {
      Optional<Fault> fault = faults.take(operation);
      boolean responded =
          fault.isPresent()
              ? inject(fault.get(), request, response, chain)
              : proceed(request, response, chain);
      if (responded) {
        outcome = String.valueOf(response.getStatus());
      }
    } finally {
      calls.ended(at, operation, outcome);
    }
  }

  /**
   * @return whether a response was sent
   */
  private boolean inject(
      Fault fault, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    return switch (fault.kind()) {
      case LATENCY -> {
        faults.pause(fault, Objects.requireNonNull(fault.latency()));
        yield proceed(request, response, chain);
      }
      case STATUS -> {
        fail(fault, response);
        yield readToEnd(request);
      }
      case CUT_BEFORE -> reset(request);
      case CUT_AFTER -> {
        respondWithHalf(request, response, chain);
        yield reset(request);
      }
      case NOTHING -> {
        faults.pause(fault, MAX_HOLD);
        yield reset(request);
      }
    };
  }

  private static boolean proceed(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    return readToEnd(request);
  }

  /**
   * Drains the request body: a client that is still sending would not see the response otherwise.
   */
  private static boolean readToEnd(HttpServletRequest request) throws IOException {
    try {
      request.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (RuntimeException e) {
      LOG.debug("The rest of a request body was not read; the response is complete", e);
    }
    return true;
  }

  private static boolean reset(HttpServletRequest request) {
    ConnectionCutter.cut(request);
    return false;
  }

  /** Declares the full length, but sends only the first half. */
  private static void respondWithHalf(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var cached = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, cached);
    byte[] body = cached.getContentAsByteArray();
    response.setContentLength(Math.max(body.length, 1));
    response.getOutputStream().write(body, 0, body.length / 2);
    response.flushBuffer();
  }

  private static void fail(Fault fault, HttpServletResponse response) throws IOException {
    int status = Objects.requireNonNull(fault.status());
    HttpStatus known = HttpStatus.resolve(status);
    String reason = known == null ? "Error" : known.getReasonPhrase();
    response.setStatus(status);
    if (fault.retryAfter() != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, fault.retryAfter());
    }
    response.setContentType(
        fault.html() ? "text/html;charset=UTF-8" : MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(fault.html() ? page(status, reason) : problem(reason));
  }

  private static byte[] page(int status, String reason) {
    return "<!DOCTYPE html><html><head><title>%1$d %2$s</title></head><body><h1>%1$d %2$s</h1></body></html>"
        .formatted(status, reason)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] problem(String reason) {
    return Json.bytes(
        new RefusalException.Problem(reason, "Injected by a fault rule of the sandbox"));
  }
}
