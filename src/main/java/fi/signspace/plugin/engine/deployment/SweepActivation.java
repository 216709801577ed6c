package fi.signspace.plugin.engine.deployment;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Suspends the sweep while {@code signspace.sweep.enabled} is false; otherwise its timer would keep
 * starting sweeps that no worker takes.
 */
@Component
@ConditionalOnEngine
class SweepActivation {

  private static final Logger LOG = LoggerFactory.getLogger(SweepActivation.class);
  private static final String PROCESS = "signing-status-sweep";

  private final RepositoryService models;
  private final boolean enabled;

  SweepActivation(
      RepositoryService models, @Value("${signspace.sweep.enabled:true}") boolean enabled) {
    this.models = models;
    this.enabled = enabled;
  }

  @EventListener(ApplicationStartedEvent.class)
  void apply() {
    ProcessDefinition sweep =
        models
            .createProcessDefinitionQuery()
            .processDefinitionKey(PROCESS)
            .withoutTenantId()
            .latestVersion()
            .singleResult();
    if (sweep == null || sweep.isSuspended() != enabled) {
      return;
    }
    if (enabled) {
      models.activateProcessDefinitionByKey(PROCESS, true, null);
    } else {
      LOG.warn(
          "signspace.sweep.enabled is false: each process checks its status by its own timer only");
      models.suspendProcessDefinitionByKey(PROCESS, true, null);
    }
  }
}
