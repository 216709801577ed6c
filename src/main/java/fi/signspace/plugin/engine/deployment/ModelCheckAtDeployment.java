package fi.signspace.plugin.engine.deployment;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.model.DeployedProcess;
import fi.signspace.plugin.model.ModelCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.springframework.stereotype.Component;

/**
 * Checks each model when it is deployed, for example with Camunda Modeler. The check at startup
 * would come too late: users do not wait for the next start, and an in-memory database is empty by
 * then.
 */
@Component
@ConditionalOnEngine
class ModelCheckAtDeployment extends AbstractProcessEnginePlugin {

  private final ModelCheck check;

  ModelCheckAtDeployment(ModelCheck check) {
    this.check = check;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    List<Deployer> deployers =
        new ArrayList<>(
            Objects.requireNonNullElse(configuration.getCustomPostDeployers(), List.of()));
    deployers.add(this::check);
    configuration.setCustomPostDeployers(deployers);
  }

  /** The engine also calls this when it loads an existing deployment. */
  private void check(DeploymentEntity deployment) {
    List<ProcessDefinitionEntity> processes =
        deployment.getDeployedArtifacts(ProcessDefinitionEntity.class);
    if (deployment.isNew() && processes != null) {
      processes.forEach(process -> check(process, deployment));
    }
  }

  private void check(ProcessDefinitionEntity process, DeploymentEntity deployment) {
    byte[] xml = deployment.getResource(process.getResourceName()).getBytes();
    check.warn(
        List.of(
            new DeployedProcess(
                process.getId(), process.getKey(), process.getVersion(), process.getTenantId(), 0)),
        id -> new String(xml, StandardCharsets.UTF_8));
  }
}
