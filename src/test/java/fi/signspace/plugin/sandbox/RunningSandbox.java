package fi.signspace.plugin.sandbox;

import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** A sandbox in this process, for nodes in other processes. */
public final class RunningSandbox implements AutoCloseable {

  @ImportAutoConfiguration({
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
  })
  @Import(SandboxConfiguration.class)
  static class Server {}

  private final ConfigurableApplicationContext context;

  private RunningSandbox(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * @param port 0 for any free port
   */
  public static RunningSandbox start(int port) {
    return new RunningSandbox(
        new SpringApplicationBuilder(Server.class)
            .initializers(
                (GenericApplicationContext server) ->
                    server.registerBean(Clock.class, Clock::systemUTC))
            .run("--server.port=" + port));
  }

  public int port() {
    return Objects.requireNonNull(
        context.getEnvironment().getProperty("local.server.port", Integer.class));
  }

  @Override
  public void close() {
    context.close();
  }
}
