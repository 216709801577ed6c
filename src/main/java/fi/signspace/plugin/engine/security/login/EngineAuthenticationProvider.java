package fi.signspace.plugin.engine.security.login;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Authenticates users of the engine's identity service, from its database or from LDAP. Successful
 * logins are cached for a short time, since API clients send the password with every request.
 */
public final class EngineAuthenticationProvider implements AuthenticationProvider {

  private final IdentityService identities;
  private final AuthenticationCache remembered;

  public EngineAuthenticationProvider(IdentityService identities, AuthenticationCache remembered) {
    this.identities = identities;
    this.remembered = remembered;
  }

  @Override
  public Authentication authenticate(Authentication login) {
    String id = login.getName();
    String password = String.valueOf(login.getCredentials());
    return remembered
        .find(id, password)
        .or(() -> authenticate(id, password))
        .orElseThrow(() -> new BadCredentialsException("Unknown user or wrong password"))
        .loggedIn();
  }

  private Optional<EngineUser> authenticate(String id, String password) {
    // An LDAP bind with an empty password is an anonymous bind and always succeeds
    if (id.isEmpty() || password.isEmpty() || !identities.checkPassword(id, password)) {
      return Optional.empty();
    }
    Optional<EngineUser> user = find(id);
    user.ifPresent(known -> remembered.add(id, password, known));
    return user;
  }

  private Optional<EngineUser> find(String id) {
    User user = identities.createUserQuery().userId(id).singleResult();
    return Optional.ofNullable(user)
        // in the spelling of the identity service
        .map(User::getId)
        .map(
            known ->
                new EngineUser(
                    known,
                    identities.createGroupQuery().groupMember(known).list().stream()
                        .map(Group::getId)
                        // the engine refuses it, as it stands for everyone
                        .filter(group -> !group.equals(Authorization.ANY))
                        .toList(),
                    tenantsOf(known)));
  }

  private List<String> tenantsOf(String user) {
    return identities
        .createTenantQuery()
        .userMember(user)
        .includingGroupsOfUser(true)
        .list()
        .stream()
        .map(Tenant::getId)
        .toList();
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
