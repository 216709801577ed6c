package fi.signspace.plugin.engine.security;

import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** Somebody whom the engine knows. */
record EngineUser(String id, List<String> groups, List<String> tenants)
    implements AuthenticatedPrincipal {

  @Override
  public String getName() {
    return id;
  }

  /** This user, logged in; each group is an authority. */
  Authentication loggedIn() {
    return UsernamePasswordAuthenticationToken.authenticated(
        this, null, AuthorityUtils.createAuthorityList(groups));
  }
}
