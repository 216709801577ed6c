package fi.signspace.plugin.api.start;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.IdempotencyKey;
import fi.signspace.plugin.api.call.IdempotencyLock;
import fi.signspace.plugin.api.start.RequestStarter.Started;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two engines on one PostgreSQL, like two nodes. */
class RequestStarterTest {

  private static EmbeddedPostgres postgres;
  private static List<Node> nodes;

  /** An engine and the components in front of it. */
  private record Node(ProcessEngine engine, RequestStarter starter) {

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
      return new Node(
          engine,
          new RequestStarter(
              engine.getRuntimeService(),
              engine.getHistoryService(),
              calls,
              new IdempotencyLock(engine.getManagementService(), calls),
              new DocumentVariables(engine.getRuntimeService())));
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
        .deploy();
  }

  @AfterAll
  static void stop() throws IOException {
    nodes.forEach(node -> node.engine().close());
    postgres.close();
  }

  @Test
  void one_key_starts_one_instance_on_any_node() throws Exception {
    NewRequest request = request("Same");
    IdempotencyKey key = IdempotencyKey.of("demo", "key-1", request);

    List<Started> started = allAtOnce(16, node -> startOnce(node, "demo", request, "key-1"));

    assertThat(started).filteredOn(Started::isNew).hasSize(1);
    assertThat(started.stream().map(Started::id).collect(toSet())).hasSize(1);
    assertThat(instances("Same")).isEqualTo(1);
    assertThat(nodes.get(0).engine().getManagementService().getProperties())
        .doesNotContainKey(key.marker());
  }

  @Test
  void two_users_may_use_the_same_key() {
    NewRequest request = request("Two users");

    Started first = startOnce(nodes.get(0), "a", request, "key-2");
    Started second = startOnce(nodes.get(1), "b", request, "key-2");

    assertThat(first.id()).isNotEqualTo(second.id());
  }

  @Test
  void a_marker_in_an_instance_started_by_another_user_is_ignored() {
    NewRequest request = request("Forged");
    IdempotencyKey key = IdempotencyKey.of("a", "key-4", request);
    ProcessEngine engine = nodes.get(0).engine();
    engine.getIdentityService().setAuthenticatedUserId("mallory");
    String forged =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey(
                "signing-request", Map.of("title", "Forged", key.marker(), key.fingerprint()))
            .getId();

    Started first = startOnce(nodes.get(0), "a", request, "key-4");
    Started second = startOnce(nodes.get(1), "a", request, "key-4");

    assertThat(first.isNew()).isTrue();
    assertThat(first.id()).isNotEqualTo(forged);
    assertThat(second).isEqualTo(new Started(first.id(), false));
  }

  @Test
  void a_failed_start_leaves_nothing_and_does_not_consume_the_key() {
    NewRequest broken = given("Broken", Map.of("title", "x".repeat(5000)));
    IdempotencyKey key = IdempotencyKey.of("demo", "key-3", broken);

    assertThat(failureOf(() -> nodes.get(0).starter().startOnce(broken, key))).isNotNull();

    assertThat(instances("Broken")).isZero();
    assertThat(nodes.get(1).starter().startOnce(request("Broken"), key).isNew()).isTrue();
  }

  private static Exception failureOf(Callable<?> call) {
    try {
      call.call();
      throw new AssertionError("nothing failed");
    } catch (Exception e) {
      return e;
    }
  }

  private static NewRequest request(String businessKey) {
    return given(
        businessKey,
        Map.of("title", "Lease", "participants", List.of(Map.of("handle", "a@example.com"))));
  }

  private static NewRequest given(String businessKey, Map<String, Object> values) {
    return new NewRequest(
        businessKey,
        null,
        values,
        values,
        List.of(
            new NewDocument("document1", file("a.pdf", 100_000)),
            new NewDocument("document2", file("b.pdf", 10))));
  }

  private static UploadedFile file(String name, int length) {
    return UploadedFile.of(
        new MockMultipartFile("documents", name, "application/pdf", new byte[length]));
  }

  private static long instances(String businessKey) {
    return nodes
        .get(0)
        .engine()
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(businessKey)
        .count();
  }

  private static Started startOnce(Node node, String user, NewRequest request, String key) {
    node.engine().getIdentityService().setAuthenticatedUserId(user);
    try {
      return node.starter().startOnce(request, IdempotencyKey.of(user, key, request));
    } finally {
      node.engine().getIdentityService().clearAuthentication();
    }
  }

  private interface Call {
    Started on(Node node);
  }

  private static List<Started> allAtOnce(int count, Call call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<Started>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Node node = nodes.get(i % nodes.size());
        calls.add(() -> call.on(node));
      }
      List<Started> results = new ArrayList<>();
      for (Future<Started> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
