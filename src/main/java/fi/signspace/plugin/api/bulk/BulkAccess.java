package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.call.CallerPermissions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.process.SigningProcess;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.http.HttpStatus;

/** Requires for lists the permissions that the same action requires for all requests. */
final class BulkAccess {

  private final CallerPermissions caller;

  BulkAccess(CallerPermissions caller) {
    this.caller = caller;
  }

  /**
   * @throws ProblemException if the caller may not start requests
   */
  void requireSend() {
    require(
        ProcessDefinitionPermissions.CREATE_INSTANCE,
        Resources.PROCESS_DEFINITION,
        SigningProcess.KEY);
    require(Permissions.CREATE, Resources.PROCESS_INSTANCE, "*");
  }

  /**
   * @throws ProblemException if the caller may not see all requests
   */
  void requireSee() {
    require(
        ProcessDefinitionPermissions.READ_HISTORY,
        Resources.PROCESS_DEFINITION,
        SigningProcess.KEY);
  }

  boolean maySee() {
    return caller.has(
        ProcessDefinitionPermissions.READ_HISTORY,
        Resources.PROCESS_DEFINITION,
        SigningProcess.KEY);
  }

  private void require(Permission permission, Resource resource, String id) {
    if (!caller.has(permission, resource, id)) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN,
          "Not permitted",
          "You lack a permission in the engine: %s on %s."
              .formatted(permission.getName(), resource.resourceName()));
    }
  }
}
