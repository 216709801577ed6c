package fi.signspace.plugin.access.body;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The body of a request, as read by every reader through Tomcat. Fails if it becomes too long or
 * arrives too slowly, and records the reason, however the reader handles the failure.
 */
final class RequestBody implements InputBuffer {

  private static final String ATTRIBUTE = RequestBody.class.getName();

  private static final Duration FIRST_PAUSE = Duration.ofNanos(100_000);
  private static final Duration MAX_PAUSE = Duration.ofMillis(5);

  private final Request request;
  private final InputBuffer source;
  private final BodyWaits waits;
  private final boolean isChunked;

  private final List<Limit> limits = new ArrayList<>();
  private @Nullable HttpStatus failure;
  private long received;
  private Duration waited = Duration.ZERO;
  private boolean holdsChunked;

  private record Limit(LongPredicate allows, HttpStatus otherwise) {}

  private RequestBody(Request request, BodyWaits waits) {
    this.request = request;
    this.source = request.getInputBuffer();
    this.waits = waits;
    this.isChunked = request.getContentLengthLong() < 0;
  }

  /** Intercepts reads between Tomcat and the readers of a request until {@link #release}. */
  static RequestBody intercept(Request request, BodyWaits waits) {
    RequestBody body = new RequestBody(request, waits);
    request.setInputBuffer(body);
    request.setAttribute(ATTRIBUTE, body);
    return body;
  }

  /** Returns empty if the request has no body, or does not come from Tomcat. */
  static Optional<RequestBody> of(HttpServletRequest request) {
    return Optional.ofNullable((RequestBody) request.getAttribute(ATTRIBUTE));
  }

  /** Why the body was not read to its end. */
  Optional<HttpStatus> failure() {
    return Optional.ofNullable(failure);
  }

  /** In bytes; negative if the length is not declared. */
  long length() {
    return request.getContentLengthLong();
  }

  /**
   * @param allowed whether so many bytes may be received
   * @param otherwise the status to respond with if not
   */
  void limit(LongPredicate allowed, HttpStatus otherwise) {
    limits.add(new Limit(allowed, otherwise));
  }

  @Override
  public int available() {
    return source.available();
  }

  @Override
  public int doRead(ApplicationBufferHandler handler) throws IOException {
    if (failure != null) {
      throw new RequestBodyException(failure);
    }
    if (isChunked && !holdsChunked) {
      holdsChunked = waits.beginChunked();
      require(holdsChunked, HttpStatus.SERVICE_UNAVAILABLE);
    }
    awaitData();
    int read = source.doRead(handler);
    received += Math.max(read, 0);
    for (Limit limit : limits) {
      require(limit.allows().test(received), limit.otherwise());
    }
    return read;
  }

  private void awaitData() {
    if (hasArrived()) {
      return;
    }
    Duration before = waited;
    long start = System.nanoTime();
    waits.begin();
    try {
      for (Duration pause = FIRST_PAUSE; !hasArrived(); pause = longer(pause)) {
        LockSupport.parkNanos(pause.toNanos());
        Duration idle = Duration.ofNanos(System.nanoTime() - start);
        waited = before.plus(idle);
        require(!waits.isTooSlow(received, waited, idle), HttpStatus.REQUEST_TIMEOUT);
      }
    } finally {
      waits.end();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : twice;
  }

  private void require(boolean fine, HttpStatus otherwise) {
    if (!fine) {
      failure = otherwise;
      throw new RequestBodyException(otherwise);
    }
  }

  /** Whether a read returns at once: with data, the end, or the connection's error. */
  private boolean hasArrived() {
    if (isAtEnd()) {
      return true;
    }
    request.action(ActionCode.AVAILABLE, true);
    return request.getAvailable() > 0;
  }

  private boolean isAtEnd() {
    AtomicBoolean atEnd = new AtomicBoolean();
    request.action(ActionCode.REQUEST_BODY_FULLY_READ, atEnd);
    return atEnd.get();
  }

  /**
   * Reads an unused body to its end, as long as it arrives fast: many clients read the response
   * only after they have sent everything.
   *
   * @return whether the connection can be reused
   */
  boolean discardRest() throws IOException {
    Discard discard = new Discard();
    long start = System.nanoTime();
    Duration idle = Duration.ZERO;
    waits.begin();
    try {
      while (!isAtEnd()
          && isWithinChunks()
          && waits.mayDiscard(discard.count, Duration.ofNanos(System.nanoTime() - start), idle)) {
        if (hasArrived()) {
          discard.count += Math.max(source.doRead(discard), 0);
          idle = Duration.ZERO;
        } else {
          LockSupport.parkNanos(FIRST_PAUSE.toNanos());
          idle = idle.plus(FIRST_PAUSE);
        }
      }
    } finally {
      waits.end();
    }
    return isAtEnd();
  }

  /**
   * Form parsers stop before the last chunk, which is empty. Without reading it, the connection
   * would be closed although the client keeps using it.
   */
  private boolean isWithinChunks() {
    return !isChunked || holdsChunked;
  }

  void release() {
    request.setInputBuffer(source);
    if (holdsChunked) {
      waits.endChunked();
    }
  }

  private static final class Discard implements ApplicationBufferHandler {

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long count;

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {
      // Tomcat provides its own buffer
    }
  }
}
