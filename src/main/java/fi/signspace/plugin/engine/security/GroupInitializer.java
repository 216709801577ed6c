package fi.signspace.plugin.engine.security;

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

/** The groups and what their members may do. */
final class GroupInitializer {

  private static final String PROCESS = "signing-request";

  private final IdentityService identities;
  private final Grants grants;

  GroupInitializer(IdentityService identities, Grants grants) {
    this.identities = identities;
    this.grants = grants;
  }

  void initialize(AccessProperties properties) {
    create(Groups.CAMUNDA_ADMIN, "Administrators");
    create(SigningGroups.CLERKS, "Signing clerks");
    create(SigningGroups.ADMINS, "Signing admins");
    create(SigningGroups.WORKERS, "Signing workers");
    for (Resources resource : Resources.values()) {
      grants.give(Groups.CAMUNDA_ADMIN, resource, ANY, Permissions.ALL);
    }
    grantClerks();
    grantAdmins();
    properties.groups().forEach(this::initialize);
  }

  private void initialize(String id, AccessProperties.Group group) {
    create(id, group.name() == null ? id : group.name());
    for (AccessProperties.Grant grant : group.grants()) {
      Resources resource = Resources.valueOf(word(grant.resource()));
      Permission[] permissions =
          grant.permissions().stream()
              .map(name -> permission(word(name), resource))
              .toArray(Permission[]::new);
      grants.give(id, resource, grant.id(), permissions);
    }
  }

  private static String word(String configured) {
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
    // LDAP has groups of its own, and takes none from here
    if (identities.isReadOnly() || identities.createGroupQuery().groupId(id).count() > 0) {
      return;
    }
    Group group = identities.newGroup(id);
    group.setName(name);
    group.setType("WORKFLOW");
    identities.saveGroup(group);
  }

  /**
   * They start requests, and see what has become of them. Every task brings its own permissions to
   * its candidate group; its form is part of the deployment. To see the instances of this one
   * process and their history tells no more than the tasks do, and the list of tasks shows
   * variables of an instance to nobody else.
   */
  private void grantClerks() {
    String group = SigningGroups.CLERKS;
    grants.give(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    grants.give(group, Resources.DEPLOYMENT, ANY, Permissions.READ);
    grants.give(
        group,
        Resources.PROCESS_DEFINITION,
        PROCESS,
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.READ_INSTANCE,
        ProcessDefinitionPermissions.READ_HISTORY,
        ProcessDefinitionPermissions.CREATE_INSTANCE);
    grants.give(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
  }

  /**
   * They see and repair everything that runs or ran, but deploy nothing, delete no deployment,
   * definition or history, change no retention and make no users.
   */
  private void grantAdmins() {
    String group = SigningGroups.ADMINS;
    grants.give(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
    grants.give(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    grants.give(group, Resources.DEPLOYMENT, ANY, Permissions.READ);
    grants.giveInsteadOfAll(
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
    grants.give(group, Resources.PROCESS_INSTANCE, ANY, Permissions.ALL);
    grants.give(group, Resources.TASK, ANY, Permissions.ALL);
    grants.give(group, Resources.FILTER, ANY, Permissions.READ);
    grants.giveInsteadOfAll(
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
    grants.giveInsteadOfAll(
        group, Resources.HISTORIC_PROCESS_INSTANCE, ANY, HistoricProcessInstancePermissions.READ);
    grants.give(
        group, Resources.OPERATION_LOG_CATEGORY, ANY, UserOperationLogCategoryPermissions.READ);
    grants.give(group, Resources.USER, ANY, Permissions.READ);
    grants.give(group, Resources.GROUP, ANY, Permissions.READ);
  }
}
