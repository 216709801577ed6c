package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.engine.security.command.Operation.Allowed;
import fi.signspace.plugin.process.SigningProcess;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Authorizes each command of a logged-in caller before it runs. Work of the engine itself is not
 * checked: jobs, listeners, mappings and call activities have no caller, or run within a command
 * that was checked.
 *
 * <p>Runs after the engine's interceptor that opens the command context, so that the checks and the
 * command read the same data.
 */
final class CommandAuthorization extends CommandInterceptor {

  /** Operations that are restricted even for admins. */
  private static final Set<Operation> LIMITED =
      EnumSet.of(Operation.WRITE, Operation.TRIGGER, Operation.MIGRATE);

  private final ThreadLocal<Boolean> isWithinCommand = ThreadLocal.withInitial(() -> false);
  private final VariableCheck variables;

  CommandAuthorization(OwnedVariables owned) {
    variables = new VariableCheck(owned);
  }

  @Override
  public <T> T execute(Command<T> command) {
    CommandContext context = Context.getCommandContext();
    Optional<Caller> caller = caller(context);
    if (isWithinCommand.get() || caller.isEmpty()) {
      return next.execute(command);
    }
    isWithinCommand.set(true);
    try {
      return MisdirectedEvents.translate(
          command,
          () -> {
            checkCommand(command, caller.get());
            return new TaskChecks(caller.get(), context)
                .run(
                    command,
                    () -> new NoteChecks(context).run(command, () -> next.execute(command)));
          });
    } finally {
      isWithinCommand.remove();
    }
  }

  private static Optional<Caller> caller(CommandContext context) {
    Authentication authentication = context.getAuthentication();
    return authentication == null
            || authentication.getUserId() == null
            || !context.getProcessEngineConfiguration().isAuthorizationEnabled()
        ? Optional.empty()
        : Optional.of(Caller.of(authentication, context));
  }

  private void checkCommand(Command<?> command, Caller caller) {
    CommandRules.of(command)
        .filter(rule -> !caller.isAdmin() || LIMITED.contains(rule.operation()))
        .ifPresent(
            rule ->
                rule.targetsOf(command).forEach(target -> check(rule, command, target, caller)));
  }

  private void check(CommandRule<?> rule, Command<?> command, Target target, Caller caller) {
    if (!caller.isAdmin()) {
      checkPermission(rule, command, target, caller);
    }
    if (target.writable() != null) {
      VariableCheck.requireText(rule.suppliedBy(command), SigningProcess.DECISION, target);
    }
  }

  private void checkPermission(
      CommandRule<?> rule, Command<?> command, Target target, Caller caller) {
    require(rule.operation(), target, caller);
    if (rule.operation() == Operation.START && !isLatest(target)) {
      require(Operation.START_FORMER_VERSION, target, caller);
    }
    if (!caller.mayWriteAnything()) {
      variables.check(rule.suppliedBy(command), rule.operation(), target);
    }
  }

  private static void require(Operation operation, Target target, Caller caller) {
    Allowed allowed = target.allowed(operation);
    if (!caller.isAmong(allowed)) {
      throw new ForbiddenCommandException(operation.refusal(target.key(), allowed));
    }
  }

  private static boolean isLatest(Target target) {
    var definition = target.definition();
    return definition == null
        || definition
            .getId()
            .equals(
                Context.getCommandContext()
                    .getProcessDefinitionManager()
                    .findLatestProcessDefinitionByKeyAndTenantId(
                        definition.getKey(), definition.getTenantId())
                    .getId());
  }
}
