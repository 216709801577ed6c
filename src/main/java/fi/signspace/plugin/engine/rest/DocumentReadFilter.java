package fi.signspace.plugin.engine.rest;

import fi.signspace.plugin.access.ProblemResponses;
import fi.signspace.plugin.environment.DocumentReads;
import fi.signspace.plugin.environment.Spool;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/**
 * Bounds the memory that reading documents needs. A response that is a document is complete before
 * it is sent, so a slow client does not keep the document in memory, and only a few are read at one
 * time. Every other response of the engine's REST API contains no document, so files are read
 * without their content. Only what reads is concerned: other calls run steps of a process, which
 * may copy files.
 */
final class DocumentReadFilter extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final Pattern DOCUMENT =
      Pattern.compile(
          ".*/data/*|/api/signing-requests/[^/]+/(?:signed-documents/[^/]+|evidence)/*");

  private static final String OUR_API = "/api/";
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final String RETRY_AFTER_SECONDS = "5";

  private final DocumentReads reads;

  DocumentReadFilter(DocumentReads reads) {
    this.reads = reads;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !READING.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = UrlPathHelper.defaultInstance.getPathWithinApplication(request);
    if (DOCUMENT.matcher(path).matches()) {
      spooled(request, response, chain);
    } else if (path.startsWith(OUR_API)) {
      chain.doFilter(request, response);
    } else {
      LightFileSerializer.leaveContentsOut(true);
      try {
        chain.doFilter(request, response);
      } finally {
        LightFileSerializer.leaveContentsOut(false);
      }
    }
  }

  private void spooled(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (Spool spool = new Spool()) {
      boolean isRead =
          reads.<ServletException>run(
              LONGEST_WAIT, () -> chain.doFilter(request, new SpooledResponse(response, spool)));
      if (isRead) {
        spool.copyTo(response.getOutputStream());
      } else {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        ProblemResponses.send(
            request,
            response,
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many documents are being read; try again in a few seconds");
      }
    }
  }

  private static final class SpooledResponse extends HttpServletResponseWrapper {

    private final Spool spool;
    private final ServletOutputStream stream;

    SpooledResponse(HttpServletResponse response, Spool spool) {
      super(response);
      this.spool = spool;
      this.stream = new SpooledStream(spool);
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      return new PrintWriter(new OutputStreamWriter(stream, getCharacterEncoding()), true);
    }

    @Override
    public void flushBuffer() {
      // it is sent when it is complete
    }

    @Override
    public void resetBuffer() {
      super.resetBuffer();
      discard();
    }

    @Override
    public void reset() {
      super.reset();
      discard();
    }

    private void discard() {
      try {
        spool.clear();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class SpooledStream extends ServletOutputStream {

    private final Spool spool;

    SpooledStream(Spool spool) {
      this.spool = spool;
    }

    @Override
    public void write(int value) throws IOException {
      spool.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      spool.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("Non-blocking writes are not supported");
    }
  }
}
