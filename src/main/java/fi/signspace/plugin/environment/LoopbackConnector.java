package fi.signspace.plugin.environment;

import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/**
 * If the web server uses TLS, adds a second connector for this process itself: the certificate is
 * for the server's public name, and client certificates may be required. It uses plain HTTP at the
 * loopback address and a free port; its requests are treated like those of the main connector.
 */
@Component
public class LoopbackConnector
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>,
        ApplicationListener<ServletWebServerInitializedEvent> {

  /** The port, set if the connector exists. */
  static final String PORT = "local.loopback.port";

  /** Long polling for external tasks occupies none. */
  private static final int THREADS = 6;

  private final ConfigurableEnvironment environment;
  private final ServerProperties server;
  private final Connector connector = new Connector();

  LoopbackConnector(
      ConfigurableEnvironment environment, ServerProperties server, LoopbackProperties loopback) {
    this.environment = environment;
    this.server = server;
    connector.setPort(loopback.port());
  }

  /** Returns the number of additional web threads. */
  public static int threads(Environment environment) {
    return NodeAddress.hasTls(environment) ? THREADS : 0;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (!NodeAddress.hasTls(environment)) {
      return;
    }
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", String.valueOf(THREADS));
    connector.setMaxPartCount(server.getTomcat().getMaxPartCount());
    connector.setMaxPartHeaderSize((int) server.getTomcat().getMaxPartHeaderSize().toBytes());
    connector.setProxyName("localhost");
    connector.setScheme("https");
    connector.setSecure(true);
    factory.addAdditionalTomcatConnectors(connector);
  }

  @Override
  public void onApplicationEvent(ServletWebServerInitializedEvent event) {
    boolean isOurs = event.getApplicationContext().getServerNamespace() == null;
    if (isOurs && NodeAddress.hasTls(environment)) {
      connector.setProxyPort(event.getWebServer().getPort());
      environment
          .getPropertySources()
          .addFirst(
              new MapPropertySource("loopback connector", Map.of(PORT, connector.getLocalPort())));
    }
  }
}
