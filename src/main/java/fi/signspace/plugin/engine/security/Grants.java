package fi.signspace.plugin.engine.security;

import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;

/**
 * Gives permissions to groups. What is there already stays, what an admin has added as well: to
 * give something twice changes nothing.
 */
public final class Grants {

  private final AuthorizationService authorizations;

  public Grants(AuthorizationService authorizations) {
    this.authorizations = authorizations;
  }

  /**
   * @param id of the resource, or {@link Authorization#ANY}
   */
  public void give(String group, Resource resource, String id, Permission... permissions) {
    Authorization grant = find(group, resource, id);
    List<Permission> missing =
        Arrays.stream(permissions).filter(p -> !grant.isPermissionGranted(p)).toList();
    if (!missing.isEmpty()) {
      missing.forEach(grant::addPermission);
      authorizations.saveAuthorization(grant);
    }
  }

  /**
   * Gives permissions as {@link #give} does. Former versions gave every permission instead, and
   * that is taken back; single permissions that an admin has added stay.
   */
  void giveInsteadOfAll(String group, Resource resource, String id, Permission... permissions) {
    Authorization grant = find(group, resource, id);
    if (grant.isEveryPermissionGranted()) {
      grant.setPermissions(permissions);
      authorizations.saveAuthorization(grant);
    } else {
      give(group, resource, id, permissions);
    }
  }

  /** Takes back what was given on one resource. */
  void take(String group, Resource resource, String id) {
    Authorization grant = find(group, resource, id);
    if (grant.getId() != null) {
      authorizations.deleteAuthorization(grant.getId());
    }
  }

  private Authorization find(String group, Resource resource, String id) {
    Authorization known =
        authorizations
            .createAuthorizationQuery()
            .authorizationType(Authorization.AUTH_TYPE_GRANT)
            .groupIdIn(group)
            .resourceType(resource)
            .resourceId(id)
            .singleResult();
    if (known != null) {
      return known;
    }
    Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    grant.setGroupId(group);
    grant.setResource(resource);
    grant.setResourceId(id);
    return grant;
  }
}
