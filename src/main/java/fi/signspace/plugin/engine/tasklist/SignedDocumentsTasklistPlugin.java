package fi.signspace.plugin.engine.tasklist;

import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.tasklist.plugin.spi.impl.AbstractTasklistPlugin;
import org.camunda.bpm.tasklist.resource.AbstractTasklistPluginRootResource;

/**
 * Lets case workers find signed documents: a signed request has no open task, so Tasklist itself no
 * longer shows it. The implementation is in {@code plugin-webapp/signed-documents/app/plugin.js};
 * Tasklist loads this class as a service.
 */
public class SignedDocumentsTasklistPlugin extends AbstractTasklistPlugin {

  private static final String ID = "signed-documents";

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Set<Class<?>> getResourceClasses() {
    return Set.of(Assets.class);
  }

  /** Serves plugin.js and plugin.css to Tasklist, and the view of a timeline to all web apps. */
  @Path("plugin/" + ID)
  public static class Assets extends AbstractTasklistPluginRootResource {

    public Assets() {
      super(ID);
      allowedAssets.addAll(List.of("app/batch.js", "app/timeline.js"));
    }
  }
}
