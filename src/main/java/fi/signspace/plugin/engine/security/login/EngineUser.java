package fi.signspace.plugin.engine.security.login;

import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** A user of the engine. */
public record EngineUser(String id, List<String> groups, List<String> tenants)
    implements AuthenticatedPrincipal {

  @Override
  public String getName() {
    return id;
  }

  /** Returns this user as authenticated, with each group as an authority. */
  Authentication loggedIn() {
    return UsernamePasswordAuthenticationToken.authenticated(
        this, null, AuthorityUtils.createAuthorityList(groups));
  }
}
