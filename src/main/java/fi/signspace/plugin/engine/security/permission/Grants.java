package fi.signspace.plugin.engine.security.permission;

import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;

/**
 * Grants permissions to groups. Existing permissions are kept, including those that an admin has
 * added; granting twice has no further effect.
 */
public final class Grants {

  private final AuthorizationService authorizations;

  public Grants(AuthorizationService authorizations) {
    this.authorizations = authorizations;
  }

  /**
   * @param id the resource's id, or {@link Authorization#ANY}
   */
  public void grant(String group, Resource resource, String id, Permission... permissions) {
    Authorization grant = find(group, resource, id);
    List<Permission> missing =
        Arrays.stream(permissions).filter(p -> !grant.isPermissionGranted(p)).toList();
    if (!missing.isEmpty()) {
      missing.forEach(grant::addPermission);
      authorizations.saveAuthorization(grant);
    }
  }

  /**
   * Grants permissions as {@link #grant} does. Former versions granted {@code ALL} instead, which
   * is revoked; single permissions that an admin has added are kept.
   */
  void grantInsteadOfAll(String group, Resource resource, String id, Permission... permissions) {
    Authorization grant = find(group, resource, id);
    if (grant.isEveryPermissionGranted()) {
      grant.setPermissions(permissions);
      authorizations.saveAuthorization(grant);
    } else {
      grant(group, resource, id, permissions);
    }
  }

  /** Revokes the group's permissions on one resource. */
  void revoke(String group, Resource resource, String id) {
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
