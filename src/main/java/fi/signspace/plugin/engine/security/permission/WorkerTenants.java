package fi.signspace.plugin.engine.security.permission;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets the workers serve every tenant. A model may be deployed for a tenant that does not exist in
 * the engine, so memberships could not be granted. Permissions are still checked.
 */
@Component
@ConditionalOnEngine
class WorkerTenants extends AbstractProcessEnginePlugin {

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setCustomPostCommandInterceptorsTxRequired(
        withEveryTenant(configuration.getCustomPostCommandInterceptorsTxRequired()));
    configuration.setCustomPostCommandInterceptorsTxRequiresNew(
        withEveryTenant(configuration.getCustomPostCommandInterceptorsTxRequiresNew()));
  }

  private static List<CommandInterceptor> withEveryTenant(
      @Nullable List<CommandInterceptor> others) {
    List<CommandInterceptor> all = new ArrayList<>(others == null ? List.of() : others);
    all.add(new EveryTenant());
    return all;
  }

  private static final class EveryTenant extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
      CommandContext context = Context.getCommandContext();
      if (isWorker(context.getAuthentication())) {
        context.disableTenantCheck();
      }
      return next.execute(command);
    }

    private static boolean isWorker(@Nullable Authentication caller) {
      return caller != null
          && caller.getGroupIds() != null
          && caller.getGroupIds().contains(SigningGroups.WORKERS);
    }
  }
}
