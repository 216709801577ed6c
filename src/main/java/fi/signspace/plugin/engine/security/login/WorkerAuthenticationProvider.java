package fi.signspace.plugin.engine.security.login;

import fi.signspace.plugin.engine.security.permission.SigningGroups;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Authenticates workers: the one in this process with a secret generated at startup, and remote
 * ones with the configured password. Neither is in the database, so no query and no slow digest is
 * needed, and password guessing cannot lock a worker out.
 */
public final class WorkerAuthenticationProvider implements AuthenticationProvider {

  private final List<byte[]> passwords;

  public WorkerAuthenticationProvider(@Nullable String ownSecret, @Nullable String configured) {
    passwords =
        Stream.of(ownSecret, configured)
            .filter(Objects::nonNull)
            .filter(password -> !password.isBlank())
            .map(password -> password.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  /**
   * @return null if these are not a worker's credentials: there may be a regular user of that name
   */
  @Override
  public @Nullable Authentication authenticate(Authentication login) {
    byte[] given = String.valueOf(login.getCredentials()).getBytes(StandardCharsets.UTF_8);
    boolean isWorker =
        WorkerSecret.USER.equals(login.getName())
            && passwords.stream().anyMatch(password -> MessageDigest.isEqual(password, given));
    return isWorker
        ? new EngineUser(WorkerSecret.USER, List.of(SigningGroups.WORKERS), List.of()).loggedIn()
        : null;
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
