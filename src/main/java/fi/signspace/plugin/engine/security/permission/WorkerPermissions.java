package fi.signspace.plugin.engine.security.permission;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;

/**
 * What the group of the workers may do in which processes, considering only what {@link
 * WorkerGrants} grants.
 */
final class WorkerPermissions {

  private static final Set<Integer> OF_INSTANCES =
      Set.of(
          Resources.PROCESS_DEFINITION.resourceType(), Resources.PROCESS_INSTANCE.resourceType());

  private final Map<String, Authorization> byProcess = new TreeMap<>();
  private final boolean revoked;
  private boolean others;

  /**
   * @param ofGroup the authorizations of the group
   * @param ofUser those of the user, and of everyone
   */
  WorkerPermissions(List<Authorization> ofGroup, List<Authorization> ofUser) {
    revoked = isRevoked(ofGroup) || isRevoked(ofUser);
    others = ofUser.stream().anyMatch(one -> OF_INSTANCES.contains(one.getResourceType()));
    for (Authorization one : ofGroup) {
      if (one.getResourceType() == Resources.PROCESS_DEFINITION.resourceType()
          && !one.getResourceId().equals(Authorization.ANY)) {
        byProcess.put(one.getResourceId(), one);
      } else if (OF_INSTANCES.contains(one.getResourceType())) {
        others = true;
      }
    }
  }

  private static boolean isRevoked(List<Authorization> authorizations) {
    return authorizations.stream()
        .anyMatch(one -> one.getAuthorizationType() == Authorization.AUTH_TYPE_REVOKE);
  }

  /** Whether an admin has revoked any permission, which then has to be checked each time. */
  boolean hasRevocation() {
    return revoked;
  }

  boolean isGranted(Permission permission, String process) {
    Authorization grant = byProcess.get(process);
    return !revoked && grant != null && grant.isPermissionGranted(permission);
  }

  /**
   * Returns the keys of all processes whose external tasks may be fetched; none if more than these
   * may be.
   */
  List<String> fetched() {
    return revoked || others
        ? List.of()
        : byProcess.keySet().stream()
            .filter(process -> isGranted(ProcessDefinitionPermissions.READ_INSTANCE, process))
            .filter(process -> isGranted(ProcessDefinitionPermissions.UPDATE_INSTANCE, process))
            .toList();
  }
}
