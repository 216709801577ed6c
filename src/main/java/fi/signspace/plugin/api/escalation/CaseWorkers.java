package fi.signspace.plugin.api.escalation;

import fi.signspace.plugin.api.call.UserAddresses;
import fi.signspace.plugin.process.SigningProcess;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;

/** The groups and users who can find a signing request in Tasklist and open it. */
final class CaseWorkers {

  private static final String TASKLIST = "tasklist";

  /** The members of a larger group are not deputies. */
  private static final int MAX_MEMBERS = 50;

  private final IdentityService identities;
  private final AuthorizationService authorizations;
  private final UserAddresses addresses;

  CaseWorkers(ProcessEngineServices engine) {
    this.identities = engine.getIdentityService();
    this.authorizations = engine.getAuthorizationService();
    this.addresses = new UserAddresses(identities);
  }

  /**
   * @throws InvalidTargetException if the id is not that of such a group or user
   */
  void require(String id) {
    boolean isGroup = isGroup(id);
    boolean isUser = isUser(id);
    if (!isGroup && !isUser) {
      throw new InvalidTargetException(
          "There is no such group or user; write an id such as signing-clerks.");
    }
    // if both exist, both receive the task
    if ((isGroup && !mayOpen(null, List.of(id))) || (isUser && !mayOpen(id))) {
      throw new InvalidTargetException(
          "This group or user may not open signing requests in Tasklist; write one with the permissions of signing-clerks.");
    }
  }

  /** The user with this id, or the first members of the group. */
  List<String> users(String id) {
    return isUser(id)
        ? List.of(id)
        : identities.createUserQuery().memberOfGroup(id).listPage(0, MAX_MEMBERS).stream()
            .map(User::getId)
            .toList();
  }

  /** The e-mail addresses of users, as far as they are known. */
  List<String> addresses(Collection<String> users) {
    return users.stream().flatMap(user -> addresses.of(user).stream()).toList();
  }

  boolean mayOpen(String user) {
    return mayOpen(user, groupsOf(user));
  }

  /** Whether the user exists and may act on any request, apart from claimed tasks. */
  boolean mayAct(String user) {
    if (!isUser(user)) {
      return false;
    }
    List<String> groups = groupsOf(user);
    return mayAny(
            user,
            groups,
            Resources.PROCESS_DEFINITION,
            SigningProcess.KEY,
            ProcessDefinitionPermissions.READ_INSTANCE,
            ProcessDefinitionPermissions.UPDATE_INSTANCE,
            ProcessDefinitionPermissions.READ_TASK,
            ProcessDefinitionPermissions.UPDATE_TASK,
            ProcessDefinitionPermissions.TASK_WORK)
        || mayAny(
            user,
            groups,
            Resources.TASK,
            Authorization.ANY,
            TaskPermissions.READ,
            TaskPermissions.UPDATE,
            TaskPermissions.TASK_WORK);
  }

  private boolean mayAny(
      String user, List<String> groups, Resource resource, String id, Permission... permissions) {
    return Arrays.stream(permissions)
        .anyMatch(
            permission -> authorizations.isUserAuthorized(user, groups, permission, resource, id));
  }

  private boolean isUser(String id) {
    return identities.createUserQuery().userId(id).count() > 0;
  }

  private boolean isGroup(String id) {
    return identities.createGroupQuery().groupId(id).count() > 0;
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
