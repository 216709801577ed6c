package fi.signspace.plugin.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus with the configuration and the rules of docker/ watches an engine and a worker.
 * An alert is fired by its cause, and resolved when that is removed. Hours and minutes of the rules
 * are seconds here, and the nodes are named in a file instead of by DNS ({@code ImagesIT}).
 */
@Tag("containers")
class AlertsIT {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String SIGNER = "anna@example.com";
  private static final String PASSWORD = "of-prometheus-in-this-test";

  /** Whose causes are not brought about here; promtool checks all rules. */
  private static final Set<String> NOT_FIRED =
      Set.of(
          "DatabaseConnectionsShort",
          "DeliveryPaused",
          "HeapNearlyFull",
          "PeopleAreAwaited",
          "SignSpaceSlow",
          "SignSpaceUnwell",
          "SignedRequestsNearRemoval",
          "SweepOverdue",
          "TasksRetriedLong");

  @TempDir private Path folder;

  private final Node signSpace = Nodes.engineWithSandbox();
  private final SandboxControl sandbox = new SandboxControl(signSpace.port());
  private final Set<String> fired = new TreeSet<>();
  private Node engineNode;
  private Node worker;
  private Node prometheus;
  private EngineRest engine;
  private int started;

  @BeforeEach
  void start() throws IOException {
    Nodes.requireInstalled("prometheus");
    signSpace.start();
    signSpace.awaitReady();
    engineNode =
        Nodes.engine(
            "alerts-engine",
            Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:h2:mem:alerts",
                "SIGNSPACE_USERS_PROMETHEUS_PASSWORD", PASSWORD,
                // the Prometheus of a distribution may be one that refuses exemplars
                "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "0",
                "SIGNSPACE_MONITORING_REFRESH", "1s"),
            signSpace);
    engine = new EngineRest(engineNode.port());
    worker =
        Nodes.worker(
            "alerts-worker",
            engineNode,
            signSpace,
            Map.of(
                "SIGNSPACE_USERS_PROMETHEUS_PASSWORD",
                PASSWORD,
                "MANAGEMENT_TRACING_SAMPLING_PROBABILITY",
                "0"));
    engineNode.start();
    engineNode.awaitReady();
    watch(engineNode, worker);
    prometheus =
        new Node(
            "alerts-prometheus",
            List.of(
                "bash",
                "-c",
                "exec prometheus --config.file=prometheus.yaml --storage.tsdb.path=data"
                    + " --web.listen-address=127.0.0.1:$SERVER_PORT"),
            "/-/ready",
            Map.of());
    prometheus.in(configured()).start();
    prometheus.awaitReady();
  }

  private Path configured() throws IOException {
    Files.writeString(folder.resolve("scrape-password"), PASSWORD);
    Files.writeString(
        folder.resolve("prometheus.yaml"),
        Compose.text(Compose.FOLDER.resolve("monitoring/prometheus.yaml"))
            .replace("/run/secrets/", folder + "/")
            .replace("scrape_interval: 30s", "scrape_interval: 2s\n  evaluation_interval: 1s")
            .replaceAll(
                "dns_sd_configs:[\\s\\S]*",
                "file_sd_configs: [{files: [nodes.json], refresh_interval: 1s}]\n"));
    Files.writeString(
        folder.resolve("alerts.yaml"),
        Compose.text(Compose.FOLDER.resolve("monitoring/alerts.yaml"))
            .replaceAll("for: \\d+[mh]", "for: 1s")
            .replaceAll("\\[1d:1m]", "[1d:1s]")
            .replaceAll("(\\[|offset )\\d+[mh]", "$130s")
            .replace("> 300", "> 5"));
    return folder;
  }

  /** Replaces the targets in one step: Prometheus may read the file at any time. */
  private void watch(Node... nodes) throws IOException {
    String targets =
        Stream.of(nodes)
            .map(node -> "\"localhost:%d\"".formatted(node.port()))
            .collect(Collectors.joining(",", "[{\"targets\": [", "]}]"));
    Path written = Files.writeString(folder.resolve("nodes.new"), targets);
    Files.move(
        written,
        folder.resolve("nodes.json"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  @AfterEach
  void stop() {
    Stream.of(prometheus, worker, engineNode, signSpace).forEach(Node::kill);
  }

  @Test
  void an_alert_is_fired_by_its_cause_and_resolved() throws IOException {
    workerIsDown();
    nodeIsRemoved();
    signSpaceRefuses();
    answersGetLost();

    Set<String> expected = new TreeSet<>(rules());
    expected.removeAll(NOT_FIRED);
    assertThat(fired).containsAll(expected);
  }

  private void workerIsDown() {
    startRequest(SIGNER);

    awaitFiring("NodeDown", "TasksUnfetched");
    worker.start();
    worker.awaitReady();

    awaitResolved("NodeDown", "TasksUnfetched");
  }

  private void nodeIsRemoved() throws IOException {
    watch(engineNode);

    awaitFiring("NodesMissing");
    watch(engineNode, worker);

    awaitResolved("NodesMissing");
  }

  private void signSpaceRefuses() {
    sandbox.forbidCreation();
    startRequest(SIGNER);

    awaitFiring("IncidentsOpen", "SignSpaceRefuses", "ErrorsInTheLog");
    sandbox.behave();
    retryIncidents();

    awaitResolved("IncidentsOpen", "SignSpaceRefuses", "ErrorsInTheLog");
  }

  private void retryIncidents() {
    ObjectNode body = EngineRest.variables().put("retries", 1);
    engine
        .get("/external-task?noRetriesLeft=true")
        .forEach(task -> body.withArray("externalTaskIds").add(task.get("id").asText()));
    engine.put("/external-task/retries", body);
  }

  private void answersGetLost() {
    sandbox.misbehave(
        """
        [{"operation": "tasks.signingRequest.create", "kind": "cutAfter", "times": 15}]\
        """);
    startRequests();

    awaitFiring("AnswersGetLost");
    sandbox.behave();

    awaitResolved("AnswersGetLost");
  }

  private static HttpRequest.Builder request(Node node, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(node.port(), path)));
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void startRequests() {
    for (int request = 0; request < 15; request++) {
      startRequest(SIGNER);
    }
  }

  private String startRequest(String signer) {
    String title = "Request " + ++started;
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "title", title);
    EngineRest.putFile(variables, "document1", "lease.pdf", Pdfs.withText(title));
    EngineRest.putJson(
        variables,
        "participants",
        "[{\"handle\": \"%s\", \"role\": \"signer\"}]".formatted(signer));
    return engine.start(title.replace(' ', '-'), variables);
  }

  private void awaitFiring(String... alerts) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              fired.addAll(firing());
              assertThat(fired).contains(alerts);
            });
  }

  private void awaitResolved(String... alerts) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(firing()).doesNotContain(alerts));
  }

  private Set<String> firing() throws IOException {
    Set<String> names = new TreeSet<>();
    for (JsonNode alert : ask("/api/v1/alerts").at("/data/alerts")) {
      if (alert.get("state").asText().equals("firing")) {
        names.add(alert.at("/labels/alertname").asText());
      }
    }
    return names;
  }

  private Set<String> rules() throws IOException {
    return new TreeSet<>(ask("/api/v1/rules").findValuesAsText("name"))
        .stream()
            .filter(name -> !name.equals("signspace"))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonNode ask(String path) throws IOException {
    return new ObjectMapper().readTree(send(request(prometheus, path).build()).body());
  }
}
