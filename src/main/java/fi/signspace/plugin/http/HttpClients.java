package fi.signspace.plugin.http;

import java.io.IOException;
import java.net.ProxySelector;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.auth.SystemDefaultCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP clients whose exchanges always end: connecting, each read of the response, and the exchange
 * as a whole have timeouts. They neither retry nor follow redirects.
 */
public final class HttpClients {

  private static final int CONNECTIONS = 100;
  private static final TimeValue MAX_IDLE = TimeValue.ofSeconds(30);
  private static final TimeValue MAX_LIFE = TimeValue.ofMinutes(5);

  private HttpClients() {}

  /**
   * Timeouts.
   *
   * @param connect for each of: a free pooled connection, the TCP connection, the TLS handshake
   * @param read how long the peer may be silent before and during the response
   * @param exchange from the request until the last byte of the response
   */
  public record Limits(Duration connect, Duration read, Duration exchange) {}

  /** For SignSpace and other external services. */
  public static HttpClientBuilder outgoing(Limits limits) {
    // validates idle connections: a request on a stale one fails with an unknown outcome
    return limited(HttpClientBuilder.create(), limits, TimeValue.ZERO_MILLISECONDS);
  }

  /** For the engine, whose calls may be repeated. */
  public static HttpClientBuilder internal(Limits limits) {
    return internal(HttpClientBuilder.create(), limits);
  }

  /** The same for a client that another library builds. */
  public static HttpClientBuilder internal(HttpClientBuilder client, Limits limits) {
    return limited(client, limits, TimeValue.ofSeconds(2));
  }

  private static HttpClientBuilder limited(
      HttpClientBuilder client, Limits limits, TimeValue trustedIdle) {
    return client
        .setConnectionManager(pool(limits, trustedIdle))
        .setDefaultRequestConfig(requests(limits))
        .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
        // for the login at a proxy
        .setDefaultCredentialsProvider(new SystemDefaultCredentialsProvider())
        .addExecInterceptorFirst("deadline", new ExchangeDeadline(limits.exchange()))
        .setRequestExecutor(new SurvivingExecutor())
        .evictExpiredConnections()
        .evictIdleConnections(MAX_IDLE)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching();
  }

  private static PoolingHttpClientConnectionManager pool(Limits limits, TimeValue trustedIdle) {
    Timeout connect = Timeout.of(limits.connect());
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(CONNECTIONS)
        .setMaxConnPerRoute(CONNECTIONS)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(Timeout.of(limits.read()))
                .setTimeToLive(MAX_LIFE)
                .setValidateAfterInactivity(trustedIdle)
                .build())
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
        .build();
  }

  private static RequestConfig requests(Limits limits) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.of(limits.connect()))
        .setResponseTimeout(Timeout.of(limits.read()))
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  /**
   * Converts an {@link OutOfMemoryError} during an exchange to an I/O error. An error would make
   * the client close its connection pool, so that every later call fails.
   */
  private static final class SurvivingExecutor extends HttpRequestExecutor {

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        @Nullable HttpResponseInformationCallback callback,
        HttpContext context)
        throws IOException, HttpException {
      try {
        return super.execute(request, connection, callback, context);
      } catch (OutOfMemoryError e) {
        throw new IOException("Not enough memory for the exchange", e);
      }
    }
  }
}
