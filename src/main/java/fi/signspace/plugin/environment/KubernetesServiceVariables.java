package fi.signspace.plugin.environment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Ignores the variables that Kubernetes sets in every container for each service of its namespace:
 * those of a service named {@code signspace-users} would be read as settings. A service is
 * recognized by a variable such as {@code SIGNSPACE_USERS_PORT=tcp://10.0.0.1:80}.
 */
class KubernetesServiceVariables implements EnvironmentPostProcessor, Ordered {

  private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

  /**
   * The prefixes of settings: other variables, such as those of Kubernetes itself, are harmless.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "((?:SIGNSPACE|SPRING|SERVER|CAMUNDA|MANAGEMENT|LOGGING).*)_PORT(_\\d+_(TCP|UDP|SCTP))?");

  private static final Pattern VALUE = Pattern.compile("(tcp|udp|sctp)://\\S+:\\d+");

  private final Log log;

  KubernetesServiceVariables(DeferredLogFactory logs) {
    this.log = logs.getLog(KubernetesServiceVariables.class);
  }

  /** Runs before anything reads the environment. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> variables = new LinkedHashMap<>(environment.getSystemEnvironment());
    Set<String> ignored = ofServices(variables);
    if (!ignored.isEmpty()) {
      variables.keySet().removeAll(ignored);
      environment
          .getPropertySources()
          .replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, variables));
      log.warn(
          "Ignoring variables of Kubernetes services, which are not settings: "
              + String.join(", ", ignored));
    }
  }

  static Set<String> ofServices(Map<String, Object> variables) {
    Set<String> found = new TreeSet<>();
    variables.forEach(
        (name, value) -> {
          Matcher mark = NAME.matcher(name);
          if (mark.matches() && VALUE.matcher(String.valueOf(value)).matches()) {
            String service = Pattern.quote(mark.group(1));
            variables.keySet().stream()
                .filter(
                    other ->
                        other.matches(service + "_(PORT|PORT_\\d+_.*|SERVICE_HOST|SERVICE_PORT.*)"))
                .forEach(found::add);
          }
        });
    return found;
  }
}
