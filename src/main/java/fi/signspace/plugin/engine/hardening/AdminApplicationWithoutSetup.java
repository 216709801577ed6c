package fi.signspace.plugin.engine.hardening;

import java.util.Set;
import org.camunda.bpm.admin.impl.web.AdminApplication;
import org.camunda.bpm.admin.impl.web.SetupResource;

/**
 * The REST API of the web app Admin without the public setup of the first admin. The first admin is
 * configured instead.
 */
public final class AdminApplicationWithoutSetup extends AdminApplication {

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes = super.getClasses();
    classes.remove(SetupResource.class);
    return classes;
  }
}
