package fi.signspace.plugin.engine.tasklist;

import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.tasklist.plugin.spi.impl.AbstractTasklistPlugin;
import org.camunda.bpm.tasklist.resource.AbstractTasklistPluginRootResource;

/**
 * Lets case workers send lists of requests and follow them, and shows problems on the cards of
 * tasks in their language. The implementation is in {@code
 * plugin-webapp/signing-lists/app/plugin.js}; Tasklist loads this class as a service.
 */
public class SigningListsTasklistPlugin extends AbstractTasklistPlugin {

  private static final String ID = "signing-lists";

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Set<Class<?>> getResourceClasses() {
    return Set.of(Assets.class);
  }

  /** Serves the page's files to Tasklist. */
  @Path("plugin/" + ID)
  public static class Assets extends AbstractTasklistPluginRootResource {

    public Assets() {
      super(ID);
      allowedAssets.addAll(List.of("app/cards.js", "app/csv.js", "app/forms.js", "app/texts.js"));
    }
  }
}
