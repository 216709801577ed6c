package fi.signspace.plugin.signspace;

import fi.signspace.plugin.http.HttpClients;
import fi.signspace.plugin.signspace.http.CallDeadlines;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Creates the HTTP client for SignSpace: a connection pool without retries, redirects, cookies and
 * compression. Idle connections are validated before reuse, because a request that fails on a stale
 * connection has an unknown outcome.
 */
final class HttpClientFactory {

  private HttpClientFactory() {}

  static CloseableHttpClient client(SignSpaceProperties properties) {
    // CallDeadlines limits the call as a whole and records whether anything was sent
    HttpClients.Limits limits =
        new HttpClients.Limits(
            properties.connectTimeout(),
            properties.readTimeout(),
            properties.transferTimeout().multipliedBy(2));
    HttpClientBuilder client =
        HttpClients.outgoing(limits).setUserAgent("signspace-process").disableContentCompression();
    return CallDeadlines.bound(client).build();
  }
}
