package fi.signspace.plugin.api.escalation;

import fi.signspace.plugin.process.SigningProcess;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.jspecify.annotations.Nullable;

/** The groups and users who can find a signing request in Tasklist and open it. */
final class EscalationTargets {

  private static final String TASKLIST = "tasklist";

  private final IdentityService identities;
  private final AuthorizationService authorizations;

  EscalationTargets(ProcessEngineServices engine) {
    this.identities = engine.getIdentityService();
    this.authorizations = engine.getAuthorizationService();
  }

  /**
   * @throws InvalidTargetException if the id is not that of such a group or user
   */
  void require(String id) {
    boolean isGroup = identities.createGroupQuery().groupId(id).count() > 0;
    boolean isUser = identities.createUserQuery().userId(id).count() > 0;
    if (!isGroup && !isUser) {
      throw new InvalidTargetException(
          "There is no such group or user; write an id such as signing-clerks.");
    }
    if (!(isGroup && mayOpen(null, List.of(id))) && !(isUser && mayOpen(id, groupsOf(id)))) {
      throw new InvalidTargetException(
          "This group or user may not open signing requests in Tasklist; write one with the permissions of signing-clerks.");
    }
  }

  private List<String> groupsOf(String user) {
    return identities.createGroupQuery().groupMember(user).list().stream()
        .map(Group::getId)
        .toList();
  }

  private boolean mayOpen(@Nullable String user, List<String> groups) {
    return authorizations.isUserAuthorized(
            user, groups, Permissions.ACCESS, Resources.APPLICATION, TASKLIST)
        && authorizations.isUserAuthorized(
            user,
            groups,
            ProcessDefinitionPermissions.READ_INSTANCE,
            Resources.PROCESS_DEFINITION,
            SigningProcess.KEY);
  }
}
