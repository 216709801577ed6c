package fi.signspace.plugin.environment;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/** Rejects a context path that the web server would refuse without naming the setting. */
final class ContextPathCheck implements EnvironmentPostProcessor {

  private static final String VALID = "(/[A-Za-z0-9._~-]+)*";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String path = environment.getProperty("server.servlet.context-path", "").strip();
    if (!path.matches(VALID)) {
      throw new UnsupportedSettingException(
          "server.servlet.context-path (SERVER_SERVLET_CONTEXT_PATH) is “%s”, which is no path of letters, digits and - . _ ~ that begins with a slash and does not end with one"
              .formatted(path),
          "Set it to a path like /signing, or leave it out.");
    }
  }
}
