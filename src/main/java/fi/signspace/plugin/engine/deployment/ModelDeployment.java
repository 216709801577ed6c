package fi.signspace.plugin.engine.deployment;

import fi.signspace.plugin.engine.demo.DemoDefaults;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultDeploymentConfiguration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.ContextResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys processes/ and forms/ under their class-path names, so that a form key reads {@code
 * embedded:deployment:forms/start-signing.html} however the application was started. The starter's
 * own deployment uses a plain file name from a jar and an absolute path otherwise; this bean
 * replaces it by having its name. The examples are deployed only for trying the product out.
 */
@Component("camundaDeploymentConfiguration")
@ConditionalOnEngine
class ModelDeployment extends DefaultDeploymentConfiguration {

  private static final List<String> FOLDERS = List.of("processes/", "forms/");
  private static final List<String> FOLDERS_WITH_EXAMPLES =
      List.of("processes/", "forms/", "processes/examples/", "forms/examples/");

  private final boolean isTryOut;

  ModelDeployment(ConfigurableEnvironment environment) {
    isTryOut = environment.getPropertySources().contains(DemoDefaults.SOURCE);
  }

  @Override
  public Set<Resource> getDeploymentResources() {
    Set<Resource> resources = new LinkedHashSet<>();
    for (String folder : isTryOut ? FOLDERS_WITH_EXAMPLES : FOLDERS) {
      for (String name : namesIn(folder)) {
        resources.add(new NamedResource(folder + name));
      }
    }
    return resources;
  }

  private static String[] namesIn(String folder) {
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver().getResources("classpath:" + folder + "*.*");
      String[] names = new String[found.length];
      for (int i = 0; i < found.length; i++) {
        names[i] = found[i].getFilename();
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder + " on the class path", e);
    }
  }

  /** A class-path resource whose name in the deployment is its class-path name. */
  private static final class NamedResource extends ClassPathResource implements ContextResource {

    NamedResource(String path) {
      super(path, ModelDeployment.class.getClassLoader());
    }

    @Override
    public String getPathWithinContext() {
      return getPath();
    }
  }
}
