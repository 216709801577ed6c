package fi.signspace.plugin.testkit;

import jakarta.servlet.Filter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/**
 * An engine that is not Camunda: Operaton with a protected REST API, without this product. It runs
 * in a separate process, with the class path written by the build; it is not a component, so
 * component scans do not find it.
 */
@EnableAutoConfiguration
public class Operaton {

  private static final Path FOLDER = Path.of("target", "operaton");
  private static final String SECURITY = "org.operaton.bpm.engine.rest.security.auth.";

  public static void main(String[] arguments) {
    SpringApplication.run(Operaton.class, arguments);
  }

  /** With an empty database, and the administrator {@code admin}. */
  public static Node node() {
    return node(
        "operaton", Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:mem:operaton;DB_CLOSE_DELAY=-1"));
  }

  /**
   * @param database the database settings
   */
  public static Node node(String name, Map<String, String> database) {
    Map<String, String> environment = new TreeMap<>(database);
    environment.putAll(
        Map.of(
            "SPRING_JERSEY_APPLICATION_PATH", "engine-rest",
            "SERVER_SERVLET_REGISTERDEFAULTSERVLET", "true",
            "OPERATON_BPM_AUTO_DEPLOYMENT_ENABLED", "false",
            "OPERATON_BPM_ADMIN_USER_ID", "admin",
            "OPERATON_BPM_ADMIN_USER_PASSWORD", "admin",
            "OPERATON_BPM_AUTHORIZATION_ENABLED", "true",
            "OPERATON_BPM_DEFAULT_SERIALIZATION_FORMAT", "application/json",
            // detects due timers soon; by default, this may take a minute
            "OPERATON_BPM_JOB_EXECUTION_WAIT_TIME_IN_MILLIS", "1000",
            "OPERATON_BPM_JOB_EXECUTION_MAX_WAIT", "1000"));
    return new Node(
        name,
        Node.javaCommand("-cp", classPath(), Operaton.class.getName()),
        "/engine-rest/engine",
        environment);
  }

  private static String classPath() {
    try {
      return String.join(
          File.pathSeparator,
          "target/test-classes",
          // the page with the forms
          "target/test-classes/standalone",
          FOLDER + "/*",
          Files.readString(FOLDER.resolve("class-path")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By name, because this class is compiled without Operaton. */
  @Bean
  FilterRegistrationBean<Filter> login() throws ClassNotFoundException {
    Class<?> filter =
        ClassUtils.forName(
            SECURITY + "ProcessEngineAuthenticationFilter", getClass().getClassLoader());
    var registration = new FilterRegistrationBean<>((Filter) BeanUtils.instantiateClass(filter));
    registration.addInitParameter(
        "authentication-provider", SECURITY + "impl.HttpBasicAuthenticationProvider");
    registration.addUrlPatterns("/engine-rest/*");
    return registration;
  }
}
