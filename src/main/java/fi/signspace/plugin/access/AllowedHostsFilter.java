package fi.signspace.plugin.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects requests for an unknown host name: a web page can make its own name resolve to this node
 * (DNS rebinding), and a browser then treats the node as part of that site. The IP address at which
 * a connection arrived is always allowed, for the node's own workers, probes and scrapes; so is
 * {@code localhost} on the loopback interface.
 */
final class AllowedHostsFilter extends OncePerRequestFilter {

  private final Set<String> allowed;

  /**
   * @param allowed host names without a port; if empty, all are allowed
   */
  AllowedHostsFilter(List<String> allowed) {
    this.allowed =
        allowed.stream()
            .map(AllowedHostsFilter::normalized)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return allowed.isEmpty() || allowed.contains("*");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // HTTP/1.0 names no host, and no browser uses it
    if (request.getHeader(HttpHeaders.HOST) == null || isAllowed(request)) {
      chain.doFilter(request, response);
    } else {
      ProblemResponses.send(
          request,
          response,
          HttpStatus.BAD_REQUEST,
          "This host is not served here: an administrator can add it to signspace.allowed-hosts");
    }
  }

  private boolean isAllowed(HttpServletRequest request) {
    String host = normalized(request.getServerName());
    return allowed.contains(host) || isHere(host, request.getLocalAddr());
  }

  private static boolean isHere(String host, String localAddress) {
    return host.equals("localhost")
        ? isLoopback(localAddress)
        : ClientAddress.parse(host)
            .filter(address -> address.equals(ClientAddress.of(localAddress)))
            .isPresent();
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String normalized(String host) {
    String lower = host.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
