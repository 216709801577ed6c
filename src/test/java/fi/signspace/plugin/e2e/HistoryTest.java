package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.CleanUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long a finished request and its documents are kept. */
@EndToEnd
class HistoryTest {

  private static final String ANNA = "anna@example.com";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @LocalServerPort private int port;
  @Autowired private ProcessEngine processEngine;
  @Autowired private HistoryService history;
  @Autowired private JdbcTemplate database;

  private EngineRest engine;
  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    sandbox.reset();
  }

  @Test
  void a_signed_request_is_kept_half_a_year_and_removed_with_its_documents() {
    String instance = signedRequest();
    HistoricProcessInstance finished = finished(instance);
    assertThat(Duration.between(finished.getEndTime().toInstant(), removal(instance)).toDays())
        .isEqualTo(180);
    assertThat(documentsOf(instance)).isEqualTo(3);
    assertThat(detailsOf(instance, "string")).isPositive();
    assertThat(detailsOf(instance, "file")).as("further copies of the documents").isZero();

    history
        .setRemovalTimeToHistoricProcessInstances()
        .absoluteRemovalTime(Date.from(Instant.now().minusSeconds(60)))
        .byIds(instance)
        .executeAsync();
    await().atMost(PATIENCE).until(() -> removal(instance).isBefore(Instant.now()));
    history.cleanUpHistoryAsync(true);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(instances(instance)).isZero();
              assertThat(engine.variablesOf(instance)).isEmpty();
              assertThat(documentsOf(instance)).isZero();
            });
  }

  @Tag("long")
  @Test
  void checks_without_changes_appear_only_as_activities() {
    String instance = request();

    await().atMost(PATIENCE).until(() -> checks(instance) >= 6);

    assertThat(changed(instance, 4))
        .as("the state and the times change with each check, and are to have no details")
        .isEmpty();
    assertThat(changed(instance, 1)).contains("title", "participants", "signingStatus");
    RuntimeService runtime = processEngine.getRuntimeService();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceId(instance));
  }

  @Test
  void history_clean_up_has_a_window_and_every_model_a_time_to_live() {
    var configuration =
        (ProcessEngineConfigurationImpl) processEngine.getProcessEngineConfiguration();

    assertThat(configuration.getHistoryCleanupBatchWindowStartTime()).isEqualTo("01:00");
    assertThat(configuration.getHistoryCleanupBatchWindowEndTime()).isEqualTo("05:00");
    assertThat(configuration.getHistoryTimeToLive()).isEqualTo("P180D");
    assertThat(configuration.getBatchOperationHistoryTimeToLive()).isEqualTo("P30D");
    assertThat(configuration.getHistoryCleanupJobLogTimeToLive()).isEqualTo("P30D");
    assertThat(history.findHistoryCleanupJobs()).isNotEmpty();
  }

  private String signedRequest() {
    String instance = request();
    await().atMost(PATIENCE).until(() -> sandbox.requests("Kept for a while").size() == 1);
    sandbox.sign(sandbox.requests("Kept for a while").get(0).get("_id").asText(), ANNA);
    await().atMost(PATIENCE).until(() -> engine.endOf(instance).isPresent());
    return instance;
  }

  private String request() {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", "Kept for a while");
    putString(variables, "statusCheckInterval", "PT1S");
    putJson(
        variables, "participants", "[{\"handle\": \"%s\", \"role\": \"signer\"}]".formatted(ANNA));
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));
    return engine.start("case-" + System.nanoTime(), variables);
  }

  /** The document, its signed copy and the evidence, which only the history still contains. */
  private int documentsOf(String instance) {
    return database.queryForObject(
        """
        select count(*) from ACT_GE_BYTEARRAY B join ACT_HI_VARINST V on V.BYTEARRAY_ID_ = B.ID_
        where V.PROC_INST_ID_ = ? and V.VAR_TYPE_ = 'file'\
        """,
        Integer.class,
        instance);
  }

  private long checks(String instance) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .activityId("serviceTask_checkStatus")
        .finished()
        .count();
  }

  /** The variables with at least this many changes. */
  private List<String> changed(String instance, int times) {
    return database.queryForList(
        "select NAME_ from ACT_HI_DETAIL where PROC_INST_ID_ = ? group by NAME_ having count(*) >= ?",
        String.class,
        instance,
        times);
  }

  /** The variable updates, which history level full records. */
  private int detailsOf(String instance, String type) {
    return database.queryForObject(
        "select count(*) from ACT_HI_DETAIL where PROC_INST_ID_ = ? and VAR_TYPE_ = ?",
        Integer.class,
        instance,
        type);
  }

  private Instant removal(String instance) {
    return finished(instance).getRemovalTime().toInstant();
  }

  private HistoricProcessInstance finished(String instance) {
    return history.createHistoricProcessInstanceQuery().processInstanceId(instance).singleResult();
  }

  private long instances(String instance) {
    return history.createHistoricProcessInstanceQuery().processInstanceId(instance).count();
  }
}
