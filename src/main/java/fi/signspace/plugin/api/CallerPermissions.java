package fi.signspace.plugin.api;

import fi.signspace.plugin.process.SigningProcess;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.identity.Authentication;

/**
 * What the engine's authorizations permit the caller, for actions that the engine does not check.
 */
public record CallerPermissions(IdentityService identity, AuthorizationService authorizations) {

  public boolean has(Permission permission, Resource resource, String id) {
    Authentication caller = identity.getCurrentAuthentication();
    return caller != null
        && authorizations.isUserAuthorized(
            caller.getUserId(), caller.getGroupIds(), permission, resource, id);
  }

  /** Whether the caller may change running requests, as with a message. */
  public boolean mayUpdateRequests() {
    return has(
        ProcessDefinitionPermissions.UPDATE_INSTANCE,
        Resources.PROCESS_DEFINITION,
        SigningProcess.KEY);
  }
}
