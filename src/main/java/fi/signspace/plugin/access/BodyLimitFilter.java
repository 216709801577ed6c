package fi.signspace.plugin.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that are longer than any with documents has to be, since what is sent to the
 * engine stands in memory. Those that do not say how long they are break off at the limit, and are
 * answered with the same status, whatever the reader makes of the broken stream.
 */
final class BodyLimitFilter extends OncePerRequestFilter {

  private static final int TOO_LONG = HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;

  private final long limit;

  BodyLimitFilter(DataSize limit) {
    this.limit = limit.toBytes();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > limit) {
      refuse(request, response);
    } else if (request.getContentLengthLong() < 0) {
      count(new CountedRequest(request), response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void count(CountedRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, new HonestResponse(request, response));
    } catch (ServletException | IOException | RuntimeException e) {
      if (!request.isTooLong() || response.isCommitted()) {
        throw e;
      }
      refuse(request, response);
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Refusals.answer(
        request,
        response,
        HttpStatus.PAYLOAD_TOO_LARGE,
        "No request may be longer than %d bytes".formatted(limit));
  }

  private final class CountedRequest extends HttpServletRequestWrapper {

    private @Nullable CountedStream stream;

    CountedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (stream == null) {
        stream = new CountedStream(super.getInputStream());
      }
      return Objects.requireNonNull(stream);
    }

    @Override
    public BufferedReader getReader() throws IOException {
      String encoding = getCharacterEncoding();
      return new BufferedReader(
          new InputStreamReader(
              getInputStream(), encoding == null ? UTF_8 : Charset.forName(encoding)));
    }

    boolean isTooLong() {
      return stream != null && stream.isTooLong();
    }
  }

  /** Readers take the end at the limit for a defect of theirs or of the text: it is neither. */
  private static final class HonestResponse extends HttpServletResponseWrapper {

    private final CountedRequest request;

    HonestResponse(CountedRequest request, HttpServletResponse response) {
      super(response);
      this.request = request;
    }

    @Override
    public void setStatus(int status) {
      super.setStatus(honest(status));
    }

    @Override
    public void sendError(int status) throws IOException {
      super.sendError(honest(status));
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      super.sendError(honest(status), message);
    }

    private int honest(int status) {
      return request.isTooLong() ? TOO_LONG : status;
    }
  }

  private final class CountedStream extends ServletInputStream {

    private final ServletInputStream stream;
    private long count;

    CountedStream(ServletInputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      int read = stream.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = stream.read(bytes, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int more) throws IOException {
      count += more;
      if (isTooLong()) {
        throw new IOException("The request is longer than %d bytes".formatted(limit));
      }
    }

    boolean isTooLong() {
      return count > limit;
    }

    @Override
    public int available() throws IOException {
      return stream.available();
    }

    @Override
    public boolean isFinished() {
      return stream.isFinished();
    }

    @Override
    public boolean isReady() {
      return stream.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      stream.setReadListener(listener);
    }
  }
}
