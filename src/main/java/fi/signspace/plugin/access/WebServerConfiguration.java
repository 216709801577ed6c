package fi.signspace.plugin.access;

import fi.signspace.plugin.access.body.BodyWaits;
import fi.signspace.plugin.access.body.DocumentSenders;
import fi.signspace.plugin.access.body.LargeBodyBudget;
import fi.signspace.plugin.access.body.LargeBodyFilter;
import fi.signspace.plugin.access.body.RequestBodyValve;
import java.time.Duration;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/** Limits what a client can cost Tomcat before any of our filters has checked its request. */
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {

  /** The rest of the memory is for everything other than receiving documents. */
  private static final int PERCENT_FOR_BODIES = 75;

  private static final Duration MAX_WAIT_FOR_MEMORY = Duration.ofSeconds(10);

  @Bean
  GuardedTomcat guardedTomcat(
      NetworkProperties properties, @Value("${server.tomcat.threads.max:200}") int threads) {
    return new GuardedTomcat(properties, threads);
  }

  /**
   * Runs before Spring Boot's customizer, whose valve reads the headers that ours leaves. Spring
   * Boot knows the order of a customizer from its class only, not from the method of a bean.
   */
  record GuardedTomcat(NetworkProperties properties, int threads)
      implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    @Override
    public int getOrder() {
      return -1;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
      tomcat.addEngineValves(
          new RequestBodyValve(new BodyWaits(threads)),
          new ForwardedHeadersValve(properties.trustedProxies()));
      tomcat.addConnectorCustomizers(
          connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
              // a client that sends Expect: 100-continue is told to continue when it is admitted
              http.setContinueResponseTiming("onRead");
            }
          });
    }
  }

  @Bean
  LargeBodyFilter largeBodies(
      ObjectProvider<DocumentSenders> senders,
      @Value("${server.tomcat.threads.max:200}") int threads) {
    long memory = Runtime.getRuntime().maxMemory() / 100 * PERCENT_FOR_BODIES;
    return new LargeBodyFilter(
        senders.getIfAvailable(() -> DocumentSenders.NONE),
        new LargeBodyBudget(DataSize.ofBytes(memory), threads / 4, MAX_WAIT_FOR_MEMORY),
        AccessConfiguration.MAX_WITHOUT_DOCUMENTS);
  }

  /** It belongs behind the login, in the security filter chain. */
  @Bean
  FilterRegistrationBean<LargeBodyFilter> largeBodiesAreNoServletFilter(LargeBodyFilter filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setEnabled(false);
    return registration;
  }
}
