package fi.signspace.plugin.engine.deployment;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.model.DeployedProcess;
import fi.signspace.plugin.model.ModelCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Checks all models that are deployed to the embedded engine, including those deployed by others.
 */
@Component
@ConditionalOnEngine
class DeployedModelCheck {

  private final ModelCheck check;
  private final ManagementService management;
  private final RepositoryService repository;

  DeployedModelCheck(ModelCheck check, ManagementService management, RepositoryService repository) {
    this.check = check;
    this.management = management;
    this.repository = repository;
  }

  @EventListener(ApplicationReadyEvent.class)
  void check() {
    check.warn(deployed(), this::xmlOf);
  }

  private List<DeployedProcess> deployed() {
    return management.createProcessDefinitionStatisticsQuery().list().stream()
        .map(
            version ->
                new DeployedProcess(
                    version.getId(),
                    version.getKey(),
                    version.getVersion(),
                    version.getTenantId(),
                    version.getInstances()))
        .toList();
  }

  private String xmlOf(String processDefinitionId) {
    try (InputStream xml = repository.getProcessModel(processDefinitionId)) {
      return new String(xml.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
