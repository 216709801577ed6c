package fi.signspace.plugin.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.CleanUp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The permissions for signing requests: each cell of the table in docs/security.md, tested over
 * HTTP at both URLs of the engine's REST API.
 */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {

  private static final String FIRST_COLUMN = "operation on a signing request";

  private static final Map<String, @Nullable Login> ROLES = roles();

  /** Roles that see the requests and therefore get 403. */
  private static final List<String> WHO_SEE = List.of("`signing-admins`", "`signing-clerks`");

  /** Integrators, workers and users without a group cannot log in to a web app. */
  private static final List<String> WITH_WEB_APP =
      List.of("`camunda-admin`", "`signing-admins`", "`signing-clerks`", "readers", "anonymous");

  /** The web apps' servlet does not support asynchronous requests, so no user can fetch there. */
  private static final String ONLY_AT_ENGINE_REST = "fetch external tasks";

  @LocalServerPort private int port;
  @Autowired private ProcessEngine engine;
  @Autowired private PlatformTransactionManager transactions;

  private final Map<String, EngineEndpoint> webApps = new HashMap<>();
  private String key = "";
  private SigningOperations operations;

  private static Map<String, @Nullable Login> roles() {
    Map<String, @Nullable Login> roles = new LinkedHashMap<>();
    roles.put("`camunda-admin`", Login.DEMO);
    roles.put("`signing-admins`", Login.OPERATOR);
    roles.put("`signing-clerks`", Login.CLERK);
    roles.put("integrators", Login.INTEGRATOR);
    roles.put("`signing-workers`", Login.WORKER);
    roles.put("readers", Login.READER);
    roles.put("no group", Login.OUTSIDER);
    roles.put("anonymous", null);
    return roles;
  }

  /** The rows of the table: the operation, then yes or no per role. */
  static Map<String, Map<String, Boolean>> table() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(Path.of("docs/security.md"), StandardCharsets.UTF_8).stream()
            .dropWhile(line -> !line.startsWith("| " + FIRST_COLUMN))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
            .toList();
    List<String> roles = rows.get(0).subList(1, rows.get(0).size());
    assertThat(roles).containsExactlyElementsOf(ROLES.keySet());
    Map<String, Map<String, Boolean>> table = new LinkedHashMap<>();
    rows.stream()
        .skip(2)
        .forEach(
            row ->
                table.put(
                    row.get(0),
                    IntStream.range(0, roles.size())
                        .boxed()
                        .collect(toMap(roles::get, i -> row.get(i + 1).equals("yes")))));
    return table;
  }

  static Stream<String> operations() throws IOException {
    return table().keySet().stream();
  }

  @BeforeEach
  void prepare() {
    key = "operation-" + System.nanoTime();
    operations = new SigningOperations(engine, transactions, key);
  }

  @AfterEach
  void clear() {
    RuntimeService runtime = engine.getRuntimeService();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceBusinessKey(key));
    HistoryService history = engine.getHistoryService();
    history
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(key)
        .list()
        .forEach(one -> history.deleteHistoricProcessInstanceIfExists(one.getId()));
    ManagementService management = engine.getManagementService();
    CleanUp.retried(
        () ->
            management
                .createBatchQuery()
                .list()
                .forEach(batch -> management.deleteBatch(batch.getId(), true)));
    RepositoryService repository = engine.getRepositoryService();
    CleanUp.retried(
        () ->
            repository
                .createDeploymentQuery()
                .deploymentName("disposable")
                .list()
                .forEach(one -> repository.deleteDeployment(one.getId(), true)));
  }

  @Test
  void the_table_has_every_operation() throws IOException {
    assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(operations.calls().keySet());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void each_role_may_do_what_the_table_says(String operation) throws IOException {
    List<String> differences = new ArrayList<>();

    for (Map.Entry<String, Boolean> cell : table().get(operation).entrySet()) {
      String role = cell.getKey();
      Login login = ROLES.get(role);
      differences.addAll(
          tried("/engine-rest", operation, cell, EngineEndpoint.engineRest(port, login)));
      if (WITH_WEB_APP.contains(role) && !operation.equals(ONLY_AT_ENGINE_REST)) {
        differences.addAll(tried("/camunda/api", operation, cell, webApp(role)));
      }
    }

    assertThat(differences).isEmpty();
  }

  /** Logged in once, because sessions outlast the test. */
  private EngineEndpoint webApp(String role) throws IOException {
    if (!webApps.containsKey(role)) {
      webApps.put(role, EngineEndpoint.webApp(port, ROLES.get(role)));
    }
    return webApps.get(role);
  }

  private List<String> tried(
      String address, String operation, Map.Entry<String, Boolean> cell, EngineEndpoint endpoint) {
    Login login = ROLES.get(cell.getKey());
    HttpResponse<String> response =
        endpoint.send(operations.calls().get(operation).apply(login == null ? "" : login.user()));
    return isAsTold(cell.getKey(), cell.getValue(), response)
        ? List.of()
        : List.of(
            "%s by %s at %s, told: %s: HTTP %d %s"
                .formatted(
                    operation,
                    cell.getKey(),
                    address,
                    cell.getValue(),
                    response.statusCode(),
                    response.body()));
  }

  private static boolean isAsTold(String role, boolean allowed, HttpResponse<String> response) {
    int status = response.statusCode();
    if (allowed) {
      return status >= 200 && status < 300;
    }
    if (role.equals("anonymous")) {
      return status == 401;
    }
    // invisible resources are not found
    return WHO_SEE.contains(role) ? status == 403 : List.of(400, 403, 404).contains(status);
  }
}
