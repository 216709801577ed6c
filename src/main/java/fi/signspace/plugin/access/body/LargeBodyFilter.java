package fi.signspace.plugin.access.body;

import fi.signspace.plugin.access.ProblemResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Admits a large body or a form with files after the login and before it is read: only from users
 * who may send documents, and only while there is memory for it.
 */
public final class LargeBodyFilter extends OncePerRequestFilter {

  /**
   * Bytes of memory per byte of a body until it is stored: JSON is parsed as text that contains the
   * document in Base64, and parts of a form are copied.
   */
  private static final int COST_OF_JSON = 6;

  private static final int COST_OF_PARTS = 3;

  /** The amount reserved at a time for a body of unknown length. */
  private static final long STEP = 8L * 1024 * 1024;

  private static final String RETRY_AFTER_SECONDS = "5";

  private final DocumentSenders senders;
  private final LargeBodyBudget budget;
  private final long small;

  /**
   * @param small bodies up to this length are not limited
   */
  public LargeBodyFilter(DocumentSenders senders, LargeBodyBudget budget, DataSize small) {
    this.senders = senders;
    this.budget = budget;
    this.small = small.toBytes();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<RequestBody> body = RequestBody.of(request);
    if (body.isEmpty() || !DocumentAddresses.include(request)) {
      chain.doFilter(request, response);
    } else if (isForm(request) && !senders.includes(request)) {
      refuse(request, response, "files");
    } else if (!isPossiblyLarge(body.get())) {
      chain.doFilter(request, response);
    } else if (body.get().length() < 0) {
      growing(body.get(), request, response, chain);
    } else {
      large(body.get().length() * costOf(request), request, response, chain);
    }
  }

  private boolean isPossiblyLarge(RequestBody body) {
    return body.length() < 0 || body.length() > small;
  }

  private static int costOf(HttpServletRequest request) {
    return isForm(request) ? COST_OF_PARTS : COST_OF_JSON;
  }

  /** The files of a form are stored before anything else examines it. */
  private static boolean isForm(HttpServletRequest request) {
    return String.valueOf(request.getContentType())
        .toLowerCase(Locale.ROOT)
        .startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, String what)
      throws IOException {
    if (senders.isLoggedIn(request)) {
      ProblemResponses.send(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "Only users who may start a process (CREATE_INSTANCE) or work on its tasks (TASK_WORK) may send "
              + what);
    } else {
      ProblemResponses.send(request, response, HttpStatus.UNAUTHORIZED, "Log in to send " + what);
    }
  }

  private void large(
      long memory, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!senders.includes(request)) {
      refuse(request, response, "more than %s bytes".formatted(small));
    } else if (!budget.holds(memory)) {
      ProblemResponses.send(
          request,
          response,
          HttpStatus.PAYLOAD_TOO_LARGE,
          "This node has not enough memory for a request of this length");
    } else if (!budget.reserve(memory)) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      ProblemResponses.send(
          request,
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "Too many documents are being received; try again in a few seconds");
    } else {
      try {
        chain.doFilter(request, response);
      } finally {
        budget.release(memory);
      }
    }
  }

  private void growing(
      RequestBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean isAllowed = senders.includes(request);
    long step = STEP * costOf(request);
    long[] steps = {0};
    body.limit(
        length -> {
          while (isAllowed && length > small + steps[0] * STEP && budget.reserveNow(step)) {
            steps[0]++;
          }
          return length <= small + steps[0] * STEP;
        },
        isAllowed ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.FORBIDDEN);
    try {
      chain.doFilter(request, response);
    } finally {
      budget.release(steps[0] * step);
    }
  }
}
