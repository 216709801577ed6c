package fi.signspace.plugin.signspace;

import java.net.ProxySelector;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.auth.SystemDefaultCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The pool of connections to SignSpace. It sends every request once: no retries, no redirects, no
 * cookies, no compression. A connection that has been idle is checked before it is used again, as a
 * request that dies on it would have an unknown outcome.
 */
final class Connections {

  private static final int AT_MOST = 50;
  private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);
  private static final TimeValue LONGEST_LIFE = TimeValue.ofMinutes(5);

  private Connections() {}

  static CloseableHttpClient client(SignSpaceProperties properties) {
    HttpClientBuilder client =
        HttpClientBuilder.create()
            .setConnectionManager(pool(properties))
            .setDefaultRequestConfig(requests(properties))
            .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
            // the login of a proxy
            .setDefaultCredentialsProvider(new SystemDefaultCredentialsProvider())
            .setUserAgent("signspace-process")
            .evictExpiredConnections()
            .evictIdleConnections(LONGEST_IDLE)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression();
    return BoundedCalls.bound(client).build();
  }

  private static PoolingHttpClientConnectionManager pool(SignSpaceProperties properties) {
    Timeout connect = timeout(properties.connectTimeout());
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(AT_MOST)
        .setMaxConnPerRoute(AT_MOST)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(timeout(properties.readTimeout()))
                .setTimeToLive(LONGEST_LIFE)
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
        .build();
  }

  private static RequestConfig requests(SignSpaceProperties properties) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(timeout(properties.connectTimeout()))
        .setResponseTimeout(timeout(properties.readTimeout()))
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }
}
