package fi.signspace.plugin.engine.security.permission;

import fi.signspace.plugin.access.AccessProperties;
import fi.signspace.plugin.engine.security.login.StoredPasswords;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and updates the configured users. The configuration determines their passwords; further
 * groups that an admin has assigned are kept.
 */
public final class UserInitializer {

  private static final Logger LOG = LoggerFactory.getLogger(UserInitializer.class);

  private final IdentityService identities;
  private final StoredPasswords passwords;

  public UserInitializer(IdentityService identities, StoredPasswords passwords) {
    this.identities = identities;
    this.passwords = passwords;
  }

  public void initialize(AccessProperties properties) {
    if (identities.isReadOnly()) {
      if (!properties.users().isEmpty()) {
        LOG.warn("Users come from LDAP; signspace.users is ignored");
      }
      return;
    }
    properties.users().forEach(this::initialize);
  }

  private void initialize(String id, AccessProperties.User configured) {
    User user = identities.createUserQuery().userId(id).singleResult();
    String password = configured.password();
    if (user == null && isBlank(password)) {
      LOG.warn("The user {} has no password yet: set signspace.users.{}.password", id, id);
      return;
    }
    if (user == null) {
      create(id, configured);
    } else {
      update(user, configured);
    }
    configured.groups().forEach(group -> join(id, group));
  }

  private void create(String id, AccessProperties.User configured) {
    User user = identities.newUser(id);
    name(user, configured);
    user.setPassword(configured.password());
    identities.saveUser(user);
  }

  private void update(User user, AccessProperties.User configured) {
    String password = configured.password();
    boolean isOther = !isBlank(password) && !passwords.isPasswordOf(user, password);
    if (isOther) {
      user.setPassword(password);
    }
    if (name(user, configured) || isOther) {
      identities.saveUser(user);
    }
  }

  private static boolean isBlank(@Nullable String password) {
    return password == null || password.isBlank();
  }

  /** Tasklist shows a user without a name as "null null". A name that an admin has set is kept. */
  private static boolean name(User user, AccessProperties.User configured) {
    if (user.getFirstName() != null || user.getLastName() != null) {
      return false;
    }
    boolean isNamed = !isBlank(configured.firstName()) || !isBlank(configured.lastName());
    user.setFirstName(isNamed ? orNothing(configured.firstName()) : user.getId());
    user.setLastName(orNothing(configured.lastName()));
    return true;
  }

  private static String orNothing(@Nullable String name) {
    return name == null ? "" : name.strip();
  }

  private void join(String user, String group) {
    if (identities.createGroupQuery().groupId(group).count() == 0) {
      throw new IllegalArgumentException(
          "signspace.users.%s.groups: there is no group %s; define it in signspace.groups"
              .formatted(user, group));
    }
    if (identities.createGroupQuery().groupId(group).groupMember(user).count() == 0) {
      identities.createMembership(user, group);
    }
  }
}
