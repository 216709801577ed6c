package fi.signspace.plugin.engine.security.permission;

import fi.signspace.plugin.model.ExternalStep;
import fi.signspace.plugin.model.ModelReader;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/**
 * Grants workers access to a process when it is deployed, if one of its tasks has a topic that
 * workers serve: analysts can use the topics in their own processes without any setup. Workers have
 * no access to other processes.
 */
public final class WorkerGrants implements Deployer {

  private static final Set<String> SERVED =
      Step.ALL.stream().map(Step::topic).collect(Collectors.toUnmodifiableSet());

  /** Former versions granted access to them, although none of their tasks are the workers'. */
  private static final List<String> NOT_SERVED =
      List.of(SigningProcess.WEBHOOK_KEY, BulkProcess.KEY);

  private static final Permission[] PERMISSIONS = {
    ProcessDefinitionPermissions.READ,
    ProcessDefinitionPermissions.READ_INSTANCE,
    ProcessDefinitionPermissions.READ_HISTORY,
    ProcessDefinitionPermissions.UPDATE_INSTANCE
  };

  private final RecentPermissions permissions;

  public WorkerGrants(RecentPermissions permissions) {
    this.permissions = permissions;
  }

  /** Updates the grants of former versions to the current permissions. */
  public static void renew(AuthorizationService authorizations) {
    Grants grants = new Grants(authorizations);
    for (String process : NOT_SERVED) {
      grants.revoke(SigningGroups.WORKERS, Resources.PROCESS_DEFINITION, process);
    }
    authorizations
        .createAuthorizationQuery()
        .authorizationType(Authorization.AUTH_TYPE_GRANT)
        .groupIdIn(SigningGroups.WORKERS)
        .resourceType(Resources.PROCESS_DEFINITION)
        .list()
        .forEach(
            grant ->
                grants.grant(
                    SigningGroups.WORKERS,
                    Resources.PROCESS_DEFINITION,
                    grant.getResourceId(),
                    PERMISSIONS));
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    // a deployment that is loaded after a restart already has its grants
    if (deployment.isNew()) {
      processesOf(deployment).stream()
          .filter(process -> usesTopic(deployment, process))
          .forEach(process -> grantAccess(process.getKey()));
      Context.getCommandContext()
          .getTransactionContext()
          .addTransactionListener(TransactionState.COMMITTED, committed -> permissions.forget());
    }
  }

  /** There are none if only decisions or other files are deployed. */
  private static List<ProcessDefinitionEntity> processesOf(DeploymentEntity deployment) {
    return Objects.requireNonNullElse(
        deployment.getDeployedArtifacts(ProcessDefinitionEntity.class), List.of());
  }

  private static boolean usesTopic(DeploymentEntity deployment, ProcessDefinitionEntity process) {
    byte[] model = deployment.getResource(process.getResourceName()).getBytes();
    return ModelReader.externalSteps(new String(model, StandardCharsets.UTF_8)).stream()
        .map(ExternalStep::topic)
        .anyMatch(SERVED::contains);
  }

  private static void grantAccess(String processKey) {
    CommandContext context = Context.getCommandContext();
    Grants grants = new Grants(Context.getProcessEngineConfiguration().getAuthorizationService());
    context.runWithoutAuthorization(
        () -> {
          grants.grant(
              SigningGroups.WORKERS, Resources.PROCESS_DEFINITION, processKey, PERMISSIONS);
          return null;
        });
  }
}
