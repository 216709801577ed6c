package fi.signspace.plugin.access.login;

import fi.signspace.plugin.access.AccessProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** Authenticates the configured users on a node without an engine. */
public final class ConfiguredUsers implements AuthenticationProvider {

  private final AccessProperties properties;

  public ConfiguredUsers(AccessProperties properties) {
    this.properties = properties;
  }

  @Override
  public Authentication authenticate(Authentication login) {
    AccessProperties.User user =
        Optional.ofNullable(properties.users().get(login.getName()))
            .filter(known -> isPassword(login.getCredentials(), known.password()))
            .orElseThrow(() -> new BadCredentialsException("Unknown user or wrong password"));
    return UsernamePasswordAuthenticationToken.authenticated(
        login.getName(), null, AuthorityUtils.createAuthorityList(user.groups()));
  }

  private static boolean isPassword(Object given, @Nullable String set) {
    return set != null
        && !set.isEmpty()
        && MessageDigest.isEqual(
            set.getBytes(StandardCharsets.UTF_8),
            String.valueOf(given).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
