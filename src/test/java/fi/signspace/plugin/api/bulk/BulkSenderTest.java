package fi.signspace.plugin.api.bulk;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.IdempotencyLock;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.process.BulkProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Two engines on one PostgreSQL, like two nodes. */
class BulkSenderTest {

  private static final BulkProperties PROPERTIES =
      new BulkProperties(
          100, DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), 10, 100, Duration.ofSeconds(1));

  /** Where both nodes have read which rows are started, or one has waited for the other. */
  private static final CyclicBarrier BOTH_HAVE_READ = new CyclicBarrier(2);

  private static EmbeddedPostgres postgres;
  private static List<Node> nodes;

  /** An engine and the sender in front of it. */
  private record Node(ProcessEngine engine, BulkSender sender) {

    static Node on(DataSource database, String name) {
      PlatformTransactionManager transactions = new JdbcTransactionManager(database);
      SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
      configuration.setApplicationContext(new StaticApplicationContext());
      configuration.setProcessEngineName(name);
      configuration.setProcessEnginePlugins(List.of(new SpinProcessEnginePlugin()));
      configuration.setDataSource(database);
      configuration.setTransactionManager(transactions);
      configuration.setDatabaseSchemaUpdate("true");
      configuration.setJobExecutorActivate(false);
      ProcessEngine engine = configuration.buildProcessEngine();
      EngineTransactions calls =
          new EngineTransactions(
              new TransactionTemplate(transactions), engine.getIdentityService());
      BulkRequests requests =
          spy(new BulkRequests(engine.getHistoryService(), mock(RequestQueries.class), calls));
      doAnswer(
              call -> {
                Object started = call.callRealMethod();
                waitForBoth();
                return started;
              })
          .when(requests)
          .startedOfList(any(), any());
      BulkStore store =
          new BulkStore(
              engine.getHistoryService(), engine.getRuntimeService(), calls, TestSeals.LISTS);
      return new Node(
          engine,
          new BulkSender(
              engine.getExternalTaskService(),
              store,
              new BulkQueries(
                  store, mock(BulkAccess.class), requests, engine.getRuntimeService(), calls),
              new RowStarter(
                  engine.getRuntimeService(), engine.getIdentityService(), store, requests),
              new IdempotencyLock(engine.getManagementService(), calls),
              calls,
              PROPERTIES));
    }

    private static void waitForBoth() throws InterruptedException {
      try {
        BOTH_HAVE_READ.await(1, TimeUnit.SECONDS);
      } catch (BrokenBarrierException | TimeoutException e) {
        // the other node waits until this one has started its rows
      }
    }
  }

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    nodes =
        List.of(
            Node.on(postgres.getPostgresDatabase(), "one"),
            Node.on(postgres.getPostgresDatabase(), "two"));
    nodes
        .get(0)
        .engine()
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("processes/signing-request.bpmn")
        .addClasspathResource("processes/bulk-signing.bpmn")
        .deploy();
  }

  @AfterAll
  static void stop() throws IOException {
    nodes.forEach(node -> node.engine().close());
    postgres.close();
  }

  @Test
  void two_corrections_of_a_list_sent_by_two_nodes_start_each_row_once() throws Exception {
    upload();
    upload();

    ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
    try {
      List<Callable<Boolean>> portions =
          nodes.stream().map(node -> (Callable<Boolean>) () -> sendPortion(node)).toList();
      for (Future<Boolean> portion : threads.invokeAll(portions, 1, TimeUnit.MINUTES)) {
        assertThat(portion.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(
            nodes
                .get(0)
                .engine()
                .getHistoryService()
                .createHistoricProcessInstanceQuery()
                .variableValueEquals(BulkProcess.LIST, "the list")
                .list()
                .stream()
                .collect(groupingBy(HistoricProcessInstance::getBusinessKey, counting())))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 1L, "b", 1L));
  }

  /** Two nodes may want the same task. */
  private static boolean sendPortion(Node node) {
    boolean isSent = false;
    while (!isSent && !Thread.currentThread().isInterrupted()) {
      isSent = node.sender().doNext();
    }
    return isSent;
  }

  private static void upload() {
    var runtime = nodes.get(0).engine().getRuntimeService();
    String id =
        runtime
            .startProcessInstanceByKey(
                BulkProcess.KEY, Map.of(BulkProcess.ROWS, 2, BulkProcess.ROWS_STARTED, 0))
            .getId();
    SealedRows rows =
        new SealedRows(
            SealedRows.VERSION,
            id,
            "the list",
            "clerk",
            1,
            ";",
            List.of(),
            List.of(),
            List.of(row("a"), row("b")));
    runtime.setVariable(
        id, BulkProcess.PORTION + 1, Variables.byteArrayValue(rows.seal(TestSeals.LISTS)));
  }

  private static SealedRow row(String key) {
    return new SealedRow(2, key, Map.of("title", "Lease"), List.of(), Map.of());
  }
}
