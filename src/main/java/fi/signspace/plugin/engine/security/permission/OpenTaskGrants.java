package fi.signspace.plugin.engine.security.permission;

import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Narrows the permissions that former versions granted to candidates and assignees of a task, READ
 * and UPDATE. New tasks grant TASK_WORK only, and this applies the same to tasks that are still
 * open.
 */
public final class OpenTaskGrants {

  private static final Logger LOG = LoggerFactory.getLogger(OpenTaskGrants.class);
  private static final int PAGE = 500;

  /** Exactly what the engine granted by default, without anything that an admin has added. */
  private static final int FORMER = Permissions.READ.getValue() | Permissions.UPDATE.getValue();

  private final AuthorizationService authorizations;

  public OpenTaskGrants(AuthorizationService authorizations) {
    this.authorizations = authorizations;
  }

  /** Idempotent. */
  public void narrow() {
    int narrowed = 0;
    int others = 0;
    for (List<Authorization> page = page(others); !page.isEmpty(); page = page(others)) {
      for (Authorization grant : page) {
        if (isFormer(grant)) {
          narrow(grant);
          narrowed++;
        } else {
          others++;
        }
      }
    }
    if (narrowed > 0) {
      LOG.info(
          "Narrowed {} permissions for open tasks from changing them to working on them", narrowed);
    }
  }

  private List<Authorization> page(int first) {
    return authorizations
        .createAuthorizationQuery()
        .authorizationType(Authorization.AUTH_TYPE_GRANT)
        .resourceType(Resources.TASK)
        .hasPermission(Permissions.UPDATE)
        .orderByResourceId()
        .asc()
        .listPage(first, PAGE);
  }

  private static boolean isFormer(Authorization grant) {
    return !Authorization.ANY.equals(grant.getResourceId())
        && ((AuthorizationEntity) grant).getPermissions() == FORMER;
  }

  private void narrow(Authorization grant) {
    grant.removePermission(Permissions.UPDATE);
    grant.addPermission(Permissions.TASK_WORK);
    try {
      authorizations.saveAuthorization(grant);
    } catch (OptimisticLockingException e) {
      LOG.debug(
          "The task {} was completed, or its permission was narrowed by another node",
          grant.getResourceId());
    }
  }
}
