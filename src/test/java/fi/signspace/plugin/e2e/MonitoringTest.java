package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.CleanUp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Documentation, dashboard and alert rules match the metrics of the application. */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class MonitoringTest {

  private static final Path MONITORING = Path.of("docker", "monitoring");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(signspace\\.[a-z.]+)` \\|");
  private static final Pattern USED =
      Pattern.compile("\\b(?:signspace|jvm|process|hikaricp|logback)_[a-z_]+");
  private static final String TITLE = "Lease of Anna Virtanen";
  private static final String HANDLE = "anna.virtanen@example.com";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @LocalServerPort private int port;
  @Autowired private MeterRegistry meters;
  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;

  private SandboxControl sandbox;
  private final String key = "case-" + System.nanoTime();

  /**
   * Requests in different states: waiting for its signature, with an incident, failing, without a
   * worker.
   */
  @BeforeAll
  void live() {
    sandbox = new SandboxControl(port);
    sandbox.reset();
    start();
    await().atMost(PATIENCE).until(() -> sandbox.requests(TITLE).size() == 1);
    fail("tasks.signingRequest.create", 403);
    String refused = start();
    await()
        .atMost(PATIENCE)
        .until(() -> runtime.createIncidentQuery().processInstanceId(refused).count() > 0);
    fail("files.create", 503);
    start();
    startWithoutWorker();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(names()).containsAll(documented());
              assertThat(scrape()).contains("activity=", "task=", "topic=\"nobody.servesThis\"");
            });
  }

  @AfterAll
  void clear() {
    sandbox.reset();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceBusinessKey(key));
    repository
        .createDeploymentQuery()
        .deploymentName(key)
        .list()
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
  }

  @Test
  void the_documented_metrics_are_exposed_and_identify_no_person_or_instance() throws Exception {
    assertThat(names()).isEqualTo(documented());
    for (String name : documented()) {
      awaitScraped("(?m)^" + name.replace('.', '_') + "[_{ ]");
    }
    String scrape = scrape();
    assertThat(labels())
        .containsOnly("operation", "outcome", "error", "state", "topic", "task", "activity");
    assertThat(scrape).doesNotContain(TITLE, HANDLE, key);
    runtime
        .createProcessInstanceQuery()
        .list()
        .forEach(instance -> assertThat(scrape).doesNotContain(instance.getId()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "grafana/dashboards/signspace.json"})
  void alerts_and_dashboard_use_only_what_is_exposed(String file) throws Exception {
    String content = Files.readString(MONITORING.resolve(file));
    Set<String> used = names(USED, content);

    assertThat(used).hasSizeGreaterThan(8);
    for (String name : used) {
      awaitScraped("(?m)^" + name + "[{ ]");
    }
  }

  /** A gauge of a group is replaced while its value is refreshed; a scrape may coincide. */
  private void awaitScraped(String pattern) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(scrape()).containsPattern(pattern));
  }

  @Test
  void no_log_line_contains_a_person_or_a_title(CapturedOutput log) {
    assertThat(log)
        .contains("tasks.signingRequest.create failed: HTTP 403 Forbidden", key)
        .doesNotContain(TITLE, HANDLE, "lease.pdf");
  }

  @Test
  void every_alert_is_documented() throws Exception {
    String rules = Files.readString(MONITORING.resolve("alerts.yaml"));
    String page = Files.readString(Path.of("docs", "monitoring.md"));

    List<String> alerts =
        Pattern.compile("- alert: (\\w+)").matcher(rules).results().map(m -> m.group(1)).toList();

    assertThat(alerts).hasSizeGreaterThan(8);
    assertThat(alerts).allSatisfy(alert -> assertThat(page).contains("| `" + alert + "` |"));
  }

  @Test
  void every_panel_of_the_dashboard_has_a_query() throws Exception {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(MONITORING.resolve("grafana/dashboards/signspace.json").toFile());

    assertThat(dashboard.get("uid").asText()).isEqualTo("signspace");
    assertThat(dashboard.get("panels"))
        .hasSizeGreaterThan(20)
        .filteredOn(panel -> !panel.get("type").asText().equals("row"))
        .allSatisfy(panel -> assertThat(panel.at("/targets/0/expr").asText()).isNotEmpty());
  }

  private String start() {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", TITLE);
    putJson(
        variables,
        "participants",
        "[{\"handle\": \"%s\", \"role\": \"signer\"}]".formatted(HANDLE));
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));
    return new EngineRest(port).start(key, variables);
  }

  private void startWithoutWorker() {
    repository
        .createDeployment()
        .name(key)
        .addModelInstance(
            "unserved.bpmn",
            Bpmn.createExecutableProcess("unserved")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask("serviceTask_unserved")
                .camundaExternalTask("nobody.servesThis")
                .endEvent()
                .done())
        .deploy();
    runtime.startProcessInstanceByKey("unserved", key);
  }

  private void fail(String operation, int status) {
    sandbox.misbehave(
        "[{\"operation\": \"%s\", \"kind\": \"status\", \"status\": %d}]"
            .formatted(operation, status));
  }

  private static Set<String> documented() throws IOException {
    return names(DOCUMENTED, Files.readString(Path.of("docs", "monitoring.md")));
  }

  private Set<String> names() {
    return meters.getMeters().stream()
        .map(meter -> meter.getId().getName())
        .filter(name -> name.startsWith("signspace."))
        .collect(toCollection(TreeSet::new));
  }

  private Set<String> labels() {
    return meters.getMeters().stream()
        .map(meter -> meter.getId())
        .filter(id -> id.getName().startsWith("signspace."))
        .flatMap(id -> id.getTags().stream())
        .map(Tag::getKey)
        .collect(toSet());
  }

  private static Set<String> names(Pattern pattern, String text) {
    Stream<MatchResult> found = pattern.matcher(text).results();
    return found.map(match -> match.group(match.groupCount())).collect(toCollection(TreeSet::new));
  }

  private String scrape() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:%d/actuator/prometheus".formatted(port)))
            .header("Authorization", "Basic ZGVtbzpkZW1v")
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
