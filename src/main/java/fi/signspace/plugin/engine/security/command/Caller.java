package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.engine.security.permission.SigningGroups;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * The user who runs a command.
 *
 * @param isAdmin of the engine or of signing
 * @param isWorker whether the caller executes external tasks
 */
record Caller(String id, boolean isAdmin, boolean isWorker) {

  static Caller of(Authentication authentication, CommandContext context) {
    List<String> groups = Objects.requireNonNullElse(authentication.getGroupIds(), List.of());
    return new Caller(
        authentication.getUserId(),
        context.getAuthorizationManager().isCamundaAdmin(authentication)
            || groups.contains(SigningGroups.ADMINS),
        groups.contains(SigningGroups.WORKERS));
  }

  boolean isAmong(Operation.Allowed allowed) {
    return switch (allowed) {
      case EVERYONE -> true;
      case WORKERS -> isAdmin || isWorker;
      case ADMINS -> isAdmin;
    };
  }

  /** Whether the caller may write any variable. */
  boolean mayWriteAnything() {
    return isAdmin || isWorker;
  }
}
