package fi.signspace.plugin.engine.cockpit;

import jakarta.ws.rs.Path;
import java.util.Set;
import org.camunda.bpm.cockpit.plugin.resource.AbstractCockpitPluginRootResource;
import org.camunda.bpm.cockpit.plugin.spi.impl.AbstractCockpitPlugin;

/**
 * Shows signing requests in Cockpit: how one stands, what runs, what stands still and what has
 * ended. All of it is in {@code plugin-webapp/signspace/app/plugin.js}; Cockpit finds this class as
 * a service.
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
