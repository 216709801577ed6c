package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The time from which everything is sealed, recorded by a real engine on PostgreSQL. */
class SealedSinceRecordTest {

  private static final int NODES = 8;

  private static EmbeddedPostgres postgres;
  private static ProcessEngine engine;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(postgres.getPostgresDatabase());
    engine =
        configuration
            .setProcessEngineName("sealed-since")
            .setDatabaseSchemaUpdate("true")
            .setJobExecutorActivate(false)
            .buildProcessEngine();
  }

  @AfterAll
  static void stop() throws IOException {
    engine.close();
    postgres.close();
  }

  @Test
  void nodes_that_start_concurrently_agree_on_one_time_and_later_ones_find_it() throws Exception {
    SealedSinceRecord before = new SealedSinceRecord();
    assertThat(before.moment()).isEmpty();

    List<Instant> moments = startAtOnce();
    SealedSinceRecord later = new SealedSinceRecord();
    later.postProcessEngineBuild(engine);

    assertThat(moments).hasSize(NODES).containsOnly(later.moment().orElseThrow());
    assertThat(engine.getManagementService().getProperties())
        .containsEntry(SealedSinceRecord.PROPERTY, later.moment().orElseThrow().toString());
  }

  @Test
  void a_new_database_is_always_sealed_and_one_that_was_used_before_from_now_on() {
    engine.getManagementService().deleteProperty(SealedSinceRecord.PROPERTY);
    assertThat(recorded()).isEqualTo(Instant.EPOCH);

    engine.getManagementService().deleteProperty(SealedSinceRecord.PROPERTY);
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "former.bpmn", Bpmn.createExecutableProcess("former").startEvent().endEvent().done())
        .deploy();
    engine.getRuntimeService().startProcessInstanceByKey("former");
    Instant before = Instant.now().minusMillis(1);

    Instant since = recorded();
    assertThat(since).isBetween(before, Instant.now());

    engine
        .getManagementService()
        .setProperty(SealedSinceRecord.PROPERTY, Instant.now().plusSeconds(3600).toString());
    Instant corrected = recorded();
    assertThat(corrected).isBetween(since, Instant.now());
    assertThat(recorded()).isEqualTo(corrected);
  }

  private static Instant recorded() {
    SealedSinceRecord record = new SealedSinceRecord();
    record.postProcessEngineBuild(engine);
    return record.moment().orElseThrow();
  }

  private static List<Instant> startAtOnce() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(NODES);
    ExecutorService threads = Executors.newFixedThreadPool(NODES);
    try {
      List<Callable<Instant>> starts = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        starts.add(
            () -> {
              SealedSinceRecord record = new SealedSinceRecord();
              barrier.await();
              record.postProcessEngineBuild(engine);
              return record.moment().orElseThrow();
            });
      }
      List<Instant> moments = new ArrayList<>();
      for (Future<Instant> moment : threads.invokeAll(starts)) {
        moments.add(moment.get());
      }
      return moments;
    } finally {
      threads.shutdown();
    }
  }
}
