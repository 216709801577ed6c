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
 * Gives the engine's REST API an empty JSON object for an empty body, as Camunda's own filter does.
 * That one lets every body be read one byte at a time, a document of 60 MB as well as the many
 * small ones; this one lets it be read in blocks.
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
      throw new UnsupportedOperationException("The body is read while its thread waits");
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
