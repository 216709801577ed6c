package fi.signspace.plugin.signspace;

import feign.Client;
import feign.hc5.ApacheHttp5Client;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes the HTTP client: it never repeats, redirects or keeps cookies, and no call outlasts its
 * deadline.
 */
final class HttpClients {

  private static final int MOST_CONNECTIONS = 64;

  static Client create(SignSpaceProperties properties) {
    Timeout connect = Timeout.of(properties.connectTimeout());
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .setMaxConnPerRoute(MOST_CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(connect)
                            .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(connect)
                    .setResponseTimeout(Timeout.of(properties.readTimeout()))
                    .build())
            .evictIdleConnections(TimeValue.ofSeconds(30))
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .addExecInterceptorFirst("deadline", deadline());
    return new ApacheHttp5Client(builder.build());
  }

  /**
   * Cuts a connection that is still in use when its operation has no time left: a dripping answer
   * never ends otherwise.
   */
  private static ExecChainHandler deadline() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "signspace-deadline");
              thread.setDaemon(true);
              return thread;
            });
    return (request, scope, chain) -> {
      ScheduledFuture<?> unused =
          clock.schedule(
              scope.execRuntime::discardEndpoint,
              CallDeadline.remaining().toMillis(),
              TimeUnit.MILLISECONDS);
      return chain.proceed(request, scope);
    };
  }

  private HttpClients() {}
}
