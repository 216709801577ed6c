package fi.signspace.plugin.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.api.view.RequestSearch.Criteria;
import fi.signspace.plugin.engine.security.permission.Grants;
import fi.signspace.plugin.process.SigningProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search finds what the engine's own query finds for the same caller. */
@TestInstance(Lifecycle.PER_CLASS)
class RequestSearchTest {

  private static final List<String> READERS = List.of("readers");

  private final ProcessEngine engine = engine();
  private final RequestSearch search =
      new RequestSearch((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration());

  private final List<String> titled = new ArrayList<>();

  private static ProcessEngine engine() {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("request-search")
        .setJdbcUrl("jdbc:h2:mem:request-search")
        .setJobExecutorActivate(false)
        .setHistory(ProcessEngineConfiguration.HISTORY_FULL)
        .setAuthorizationEnabled(true);
    return configuration.buildProcessEngine();
  }

  @BeforeAll
  void fill() {
    for (String tenant : new String[] {null, "north", "south"}) {
      deploy(SigningProcess.KEY, tenant);
      deploy("other", tenant);
      for (String process : List.of(SigningProcess.KEY, "other")) {
        start(process, tenant);
        for (String outcome : List.of("signed", "cancelled", "abandoned")) {
          end(start(process, tenant), outcome);
        }
        engine.getRuntimeService().deleteProcessInstance(start(process, tenant), "removed");
      }
    }
    new Grants(engine.getAuthorizationService())
        .grant(
            READERS.get(0),
            Resources.PROCESS_DEFINITION,
            SigningProcess.KEY,
            ProcessDefinitionPermissions.READ_HISTORY);
  }

  @AfterEach
  void clear() {
    engine.getIdentityService().clearAuthentication();
    titled.forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "removed"));
    titled.forEach(engine.getHistoryService()::deleteHistoricProcessInstance);
    titled.clear();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void everything_is_found_without_a_caller() {
    assertThat(assertAsTheEngineFinds()).isEqualTo(15);
  }

  @Test
  void a_caller_without_permission_finds_nothing() {
    engine.getIdentityService().setAuthentication("someone", List.of("others"), List.of("north"));

    assertThat(assertAsTheEngineFinds()).isZero();
  }

  @Test
  void a_caller_finds_requests_of_the_own_tenants_and_of_none() {
    engine.getIdentityService().setAuthentication("someone", READERS, List.of("north"));
    assertThat(assertAsTheEngineFinds()).isEqualTo(10);

    engine.getIdentityService().setAuthentication("someone", READERS, List.of("north", "south"));
    assertThat(assertAsTheEngineFinds()).isEqualTo(15);

    engine.getIdentityService().setAuthentication("someone", READERS);
    assertThat(assertAsTheEngineFinds()).isEqualTo(5);
  }

  @Test
  void an_admin_finds_requests_of_all_tenants() {
    engine
        .getIdentityService()
        .setAuthentication(
            "root", Stream.concat(READERS.stream(), Stream.of(Groups.CAMUNDA_ADMIN)).toList());

    assertThat(assertAsTheEngineFinds()).isEqualTo(15);
  }

  @ParameterizedTest
  @CsvSource({
    "flat 12, 1",
    "ÄITI, 1",
    "lease-2, 1",
    "LEASE-2, 0",
    "100%, 1",
    "0%, 1",
    "%, 1",
    "_, 0",
    "!, 0",
    "le, 2",
    "none, 0"
  })
  void a_part_of_the_title_or_the_whole_business_key_is_found(String text, int found) {
    titled("Lease of flat 12", "lease-1");
    titled("Äiti lets 100%", "lease-2");

    assertThat(search.count(new Criteria(null, null, text))).isEqualTo(found);
  }

  private void titled(String title, String businessKey) {
    titled.add(
        engine
            .getRuntimeService()
            .createProcessInstanceByKey(SigningProcess.KEY)
            .processDefinitionWithoutTenantId()
            .businessKey(businessKey)
            .setVariable("title", title)
            .execute()
            .getId());
  }

  /** Compares all searches, and returns the number of all requests. */
  private long assertAsTheEngineFinds() {
    List<@Nullable Status> statuses = new ArrayList<>();
    statuses.add(null);
    Stream.of(Status.values())
        .filter(status -> Status.parse(status.text()).isPresent())
        .forEach(statuses::add);
    for (Status status : statuses) {
      for (String businessKey : new String[] {null, "north", "unknown"}) {
        assertSame(status, businessKey);
      }
    }
    return search.count(new Criteria(null, null, null));
  }

  private void assertSame(@Nullable Status status, @Nullable String businessKey) {
    HistoricProcessInstanceQuery query =
        engine
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .processDefinitionKey(SigningProcess.KEY);
    if (status != null) {
      status.narrow(query);
    }
    if (businessKey != null) {
      query.processInstanceBusinessKey(businessKey);
    }
    Criteria criteria = new Criteria(status, businessKey, null);
    List<String> expected =
        query
            .orderByProcessInstanceStartTime()
            .asc()
            .orderByProcessInstanceId()
            .asc()
            .list()
            .stream()
            .map(HistoricProcessInstance::getId)
            .toList();
    assertThat(search.count(criteria)).as(criteria.toString()).isEqualTo(expected.size());
    assertThat(search.find(criteria, PageRequest.Sort.OLDEST_FIRST, 0, 100))
        .as(criteria.toString())
        .extracting(HistoricProcessInstance::getId)
        .containsExactlyElementsOf(expected);
    assertThat(search.find(criteria, PageRequest.Sort.OLDEST_FIRST, 1, 2))
        .extracting(HistoricProcessInstance::getId)
        .containsExactlyElementsOf(expected.stream().skip(1).limit(2).toList());
  }

  private void deploy(String process, @Nullable String tenant) {
    DeploymentBuilder deployment =
        engine
            .getRepositoryService()
            .createDeployment()
            .addModelInstance(
                process + ".bpmn",
                Bpmn.createExecutableProcess(process)
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .userTask("userTask_manageSigning")
                    .exclusiveGateway("ends")
                    .condition("signed", "${signingOutcome == 'signed'}")
                    .endEvent("endEvent_signed")
                    .moveToNode("ends")
                    .condition("cancelled", "${signingOutcome == 'cancelled'}")
                    .endEvent("endEvent_cancelled")
                    .moveToNode("ends")
                    .condition("abandoned", "${signingOutcome == 'abandoned'}")
                    .endEvent("endEvent_abandoned")
                    .done());
    if (tenant != null) {
      deployment.tenantId(tenant);
    }
    deployment.deploy();
  }

  private String start(String process, @Nullable String tenant) {
    var start = engine.getRuntimeService().createProcessInstanceByKey(process);
    if (tenant == null) {
      start.processDefinitionWithoutTenantId();
    } else {
      start.processDefinitionTenantId(tenant);
    }
    return start.businessKey(tenant).execute().getId();
  }

  private void end(String instance, String outcome) {
    String task =
        engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceId(instance)
            .singleResult()
            .getId();
    engine.getTaskService().complete(task, Map.of("signingOutcome", outcome));
  }
}
