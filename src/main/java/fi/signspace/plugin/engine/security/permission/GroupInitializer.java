package fi.signspace.plugin.engine.security.permission;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;

import fi.signspace.plugin.access.AccessProperties;
import java.util.Arrays;
import java.util.Locale;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.BatchPermissions;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.HistoricProcessInstancePermissions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.util.ResourceTypeUtil;

/** Creates the groups and grants their permissions. */
public final class GroupInitializer {

  private static final String PROCESS = "signing-request";

  private final IdentityService identities;
  private final Grants grants;

  public GroupInitializer(IdentityService identities, Grants grants) {
    this.identities = identities;
    this.grants = grants;
  }

  public void initialize(AccessProperties properties) {
    create(Groups.CAMUNDA_ADMIN, "Administrators");
    create(SigningGroups.CLERKS, "Signing clerks");
    create(SigningGroups.ADMINS, "Signing admins");
    create(SigningGroups.WORKERS, "Signing workers");
    for (Resources resource : Resources.values()) {
      grants.grant(Groups.CAMUNDA_ADMIN, resource, ANY, Permissions.ALL);
    }
    grantClerks();
    grantAdmins();
    properties.groups().forEach(this::initialize);
  }

  private void initialize(String id, AccessProperties.Group group) {
    create(id, group.name() == null ? id : group.name());
    for (AccessProperties.Grant grant : group.grants()) {
      Resources resource = Resources.valueOf(enumName(grant.resource()));
      Permission[] permissions =
          grant.permissions().stream()
              .map(name -> permission(enumName(name), resource))
              .toArray(Permission[]::new);
      grants.grant(id, resource, grant.id(), permissions);
    }
  }

  private static String enumName(String configured) {
    return configured.strip().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static Permission permission(String name, Resources resource) {
    Permission[] possible = ResourceTypeUtil.getPermissionsByResourceType(resource.resourceType());
    return Arrays.stream(possible)
        .filter(permission -> permission.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "signspace.groups: %s has no permission %s; it has %s"
                        .formatted(
                            resource,
                            name,
                            Arrays.stream(possible).map(Permission::getName).toList())));
  }

  private void create(String id, String name) {
    // with LDAP, groups are read-only
    if (identities.isReadOnly() || identities.createGroupQuery().groupId(id).count() > 0) {
      return;
    }
    Group group = identities.newGroup(id);
    group.setName(name);
    group.setType("WORKFLOW");
    identities.saveGroup(group);
  }

  /**
   * Clerks start requests and follow their progress. Every task grants the permission to work on it
   * to its candidate group, and its form is part of the deployment. They read all tasks, instances
   * and history of this one process: the task list needs it to show variables, and a permission for
   * each single task would make it slow, see {@link TaskAuthorizationProvider}.
   */
  private void grantClerks() {
    String group = SigningGroups.CLERKS;
    grants.grant(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    grants.grant(group, Resources.DEPLOYMENT, ANY, Permissions.READ);
    grants.grant(
        group,
        Resources.PROCESS_DEFINITION,
        PROCESS,
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.READ_INSTANCE,
        ProcessDefinitionPermissions.READ_HISTORY,
        ProcessDefinitionPermissions.READ_TASK,
        ProcessDefinitionPermissions.CREATE_INSTANCE);
    grants.grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
  }

  /**
   * Signing admins see and repair everything that runs or has run, but may not deploy, may not
   * delete deployments, definitions or history, and may not change retention or manage users.
   */
  private void grantAdmins() {
    String group = SigningGroups.ADMINS;
    grants.grant(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
    grants.grant(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    grants.grant(group, Resources.DEPLOYMENT, ANY, Permissions.READ);
    grants.grantInsteadOfAll(
        group,
        Resources.PROCESS_DEFINITION,
        ANY,
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.CREATE_INSTANCE,
        ProcessDefinitionPermissions.READ_INSTANCE,
        ProcessDefinitionPermissions.UPDATE_INSTANCE,
        ProcessDefinitionPermissions.DELETE_INSTANCE,
        ProcessDefinitionPermissions.MIGRATE_INSTANCE,
        ProcessDefinitionPermissions.RETRY_JOB,
        ProcessDefinitionPermissions.SUSPEND,
        ProcessDefinitionPermissions.SUSPEND_INSTANCE,
        ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE,
        ProcessDefinitionPermissions.UPDATE_INSTANCE_VARIABLE,
        ProcessDefinitionPermissions.READ_TASK,
        ProcessDefinitionPermissions.UPDATE_TASK,
        ProcessDefinitionPermissions.TASK_WORK,
        ProcessDefinitionPermissions.TASK_ASSIGN,
        ProcessDefinitionPermissions.READ_TASK_VARIABLE,
        ProcessDefinitionPermissions.UPDATE_TASK_VARIABLE,
        ProcessDefinitionPermissions.READ_HISTORY,
        ProcessDefinitionPermissions.READ_HISTORY_VARIABLE);
    grants.grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.ALL);
    grants.grant(group, Resources.TASK, ANY, Permissions.ALL);
    grants.grant(group, Resources.FILTER, ANY, Permissions.READ);
    grants.grantInsteadOfAll(
        group,
        Resources.BATCH,
        ANY,
        BatchPermissions.READ,
        BatchPermissions.UPDATE,
        BatchPermissions.DELETE,
        BatchPermissions.READ_HISTORY,
        BatchPermissions.CREATE_BATCH_SET_JOB_RETRIES,
        BatchPermissions.CREATE_BATCH_SET_EXTERNAL_TASK_RETRIES,
        BatchPermissions.CREATE_BATCH_MIGRATE_PROCESS_INSTANCES,
        BatchPermissions.CREATE_BATCH_UPDATE_PROCESS_INSTANCES_SUSPEND,
        BatchPermissions.CREATE_BATCH_DELETE_RUNNING_PROCESS_INSTANCES);
    grants.grantInsteadOfAll(
        group, Resources.HISTORIC_PROCESS_INSTANCE, ANY, HistoricProcessInstancePermissions.READ);
    grants.grant(
        group, Resources.OPERATION_LOG_CATEGORY, ANY, UserOperationLogCategoryPermissions.READ);
    grants.grant(group, Resources.USER, ANY, Permissions.READ);
    grants.grant(group, Resources.GROUP, ANY, Permissions.READ);
  }
}
