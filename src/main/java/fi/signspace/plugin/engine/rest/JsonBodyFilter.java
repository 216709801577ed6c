package fi.signspace.plugin.engine.rest;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.camunda.bpm.engine.rest.filter.AbstractEmptyBodyFilter;

/**
 * Substitutes an empty JSON object for an empty body, as Camunda's own filter does for the engine's
 * REST API. Camunda's filter forces every body to be read byte by byte, even a document of 60 MB;
 * this one supports block reads.
 */
final class JsonBodyFilter extends AbstractEmptyBodyFilter {

  @Override
  public HttpServletRequestWrapper wrapRequest(
      HttpServletRequest request, boolean isBodyEmpty, PushbackInputStream body) {
    Body stream = new Body(getRequestBody(isBodyEmpty, body));
    return new HttpServletRequestWrapper(request) {

      @Override
      public ServletInputStream getInputStream() {
        return stream;
      }

      @Override
      public BufferedReader getReader() {
        return JsonBodyFilter.this.getReader(stream);
      }
    };
  }

  private static final class Body extends ServletInputStream {

    private final InputStream stream;
    private boolean finished;

    Body(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      return noted(stream.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return noted(stream.read(bytes, offset, length));
    }

    private int noted(int read) {
      finished |= read < 0;
      return read;
    }

    @Override
    public int available() throws IOException {
      return stream.available();
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("Non-blocking reads are not supported");
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
