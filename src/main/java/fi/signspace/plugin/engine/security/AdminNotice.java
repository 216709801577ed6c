package fi.signspace.plugin.engine.security;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Groups;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Warns in the log if the engine has no administrator: the first one cannot be created in a web
 * app, so an operator would only see logins fail.
 */
@Component
@ConditionalOnEngine
class AdminNotice {

  private static final Logger LOG = LoggerFactory.getLogger(AdminNotice.class);

  private final IdentityService identities;

  AdminNotice(IdentityService identities) {
    this.identities = identities;
  }

  @EventListener(ApplicationReadyEvent.class)
  void log() {
    // LDAP assigns administrators by its own rules
    if (!identities.isReadOnly()
        && identities.createUserQuery().memberOfGroup(Groups.CAMUNDA_ADMIN).count() == 0) {
      LOG.warn(
          "There is no admin: set camunda.bpm.admin-user.id (CAMUNDA_BPM_ADMINUSER_ID) and"
              + " camunda.bpm.admin-user.password (CAMUNDA_BPM_ADMINUSER_PASSWORD)");
    }
  }
}
