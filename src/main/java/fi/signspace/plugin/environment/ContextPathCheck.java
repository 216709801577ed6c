package fi.signspace.plugin.environment;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/** Rejects a context path that the web server would refuse without naming the setting. */
final class ContextPathCheck implements EnvironmentPostProcessor {

  private static final String VALID = "(/.*[^/])?";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String path = environment.getProperty("server.servlet.context-path", "").strip();
    if (!path.matches(VALID)) {
      throw new UnsupportedSettingException(
          "server.servlet.context-path (SERVER_SERVLET_CONTEXT_PATH) is “%s”, which does not begin with a slash, or ends with one"
              .formatted(path),
          "Set it to a path like /signing, or leave it out.");
    }
  }
}
