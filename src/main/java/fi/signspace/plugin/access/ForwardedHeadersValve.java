package fi.signspace.plugin.access;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Removes forwarding headers unless a trusted proxy sent them. Of {@code X-Forwarded-For} only one
 * address remains, the last that does not belong to a trusted proxy; Tomcat's own valve, which
 * comes next, uses it as it is. If that is not a valid address, the proxy counts as the client.
 */
final class ForwardedHeadersValve extends ValveBase {

  private static final String CLIENTS = "X-Forwarded-For";
  private static final List<String> OTHERS =
      List.of(
          "Forwarded",
          "X-Forwarded-By",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto",
          "X-Forwarded-Ssl");

  private final List<IpAddressMatcher> proxies;

  /**
   * @param proxies addresses or networks
   */
  ForwardedHeadersValve(List<IpAddressMatcher> proxies) {
    super(true);
    this.proxies = proxies;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
    boolean isProxy =
        ClientAddress.parse(request.getRemoteAddr()).filter(this::isTrusted).isPresent();
    Optional<ClientAddress> client =
        isProxy ? client(Collections.list(request.getHeaders(CLIENTS))) : Optional.empty();
    headers.removeHeader(CLIENTS);
    client.ifPresent(address -> headers.addValue(CLIENTS).setString(address.text()));
    if (!isProxy) {
      OTHERS.forEach(headers::removeHeader);
    }
    getNext().invoke(request, response);
  }

  private Optional<ClientAddress> client(List<String> headers) {
    String[] hops = String.join(",", headers).split(",", -1);
    Optional<ClientAddress> client = Optional.empty();
    for (int i = hops.length - 1; i >= 0; i--) {
      client = ClientAddress.parse(hops[i]);
      if (client.filter(this::isTrusted).isEmpty()) {
        break;
      }
    }
    return client;
  }

  private boolean isTrusted(ClientAddress address) {
    return proxies.stream().anyMatch(proxy -> proxy.matches(address.text()));
  }
}
