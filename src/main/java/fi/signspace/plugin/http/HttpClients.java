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
 * HTTP clients that come to an end with every exchange, whatever the peer does: connecting, each
 * read of the response and of its body, and the exchange as a whole have time limits. They send
 * nothing twice and follow no redirect.
 */
public final class HttpClients {

  private static final int CONNECTIONS = 100;
  private static final TimeValue MAX_IDLE = TimeValue.ofSeconds(30);
  private static final TimeValue MAX_LIFE = TimeValue.ofMinutes(5);

  private HttpClients() {}

  /**
   * Time limits.
   *
   * @param connect for a free connection, the connection and its TLS handshake, each
   * @param read for the silence of the peer, before the response and between two pieces of it
   * @param exchange from the request until the last byte of the response
   */
  public record Limits(Duration connect, Duration read, Duration exchange) {}

  /** For SignSpace and other receivers outside of this installation. */
  public static HttpClientBuilder outgoing(Limits limits) {
    // a connection that the peer has closed would fail with an unknown outcome
    return limited(HttpClientBuilder.create(), limits, TimeValue.ZERO_MILLISECONDS);
  }

  /** For the engine: what it is told it may be told again. */
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
        // the login of a proxy
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
   * An exchange that runs out of memory fails like a broken connection. As an error it would make
   * the client close its connections for good, and with them everything that comes later.
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
