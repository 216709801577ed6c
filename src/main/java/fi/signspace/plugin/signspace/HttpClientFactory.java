package fi.signspace.plugin.signspace;

import fi.signspace.plugin.http.HttpClients;
import fi.signspace.plugin.signspace.http.CallDeadlines;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * The pool of connections to SignSpace. It sends every request once: no retries, no redirects, no
 * cookies, no compression. A connection that has been idle is checked before it is used again, as a
 * request that dies on it would have an unknown outcome.
 */
final class HttpClientFactory {

  private HttpClientFactory() {}

  static CloseableHttpClient client(SignSpaceProperties properties) {
    // the call as a whole has its own limit, which also says whether anything was sent
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
