package fi.signspace.plugin.engine.cockpit;

import jakarta.ws.rs.Path;
import java.util.Set;
import org.camunda.bpm.cockpit.plugin.resource.AbstractCockpitPluginRootResource;
import org.camunda.bpm.cockpit.plugin.spi.impl.AbstractCockpitPlugin;

/**
 * Adds signing requests to Cockpit: the state of one request, and the lists of running, stuck and
 * ended ones. The implementation is in {@code plugin-webapp/signspace/app/plugin.js}; Cockpit loads
 * this class as a service.
 */
public class SignSpaceCockpitPlugin extends AbstractCockpitPlugin {

  private static final String ID = "signspace";

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Set<Class<?>> getResourceClasses() {
    return Set.of(Assets.class);
  }

  /** Serves plugin.js and plugin.css to Cockpit. */
  @Path("plugin/" + ID)
  public static class Assets extends AbstractCockpitPluginRootResource {

    public Assets() {
      super(ID);
    }
  }
}
