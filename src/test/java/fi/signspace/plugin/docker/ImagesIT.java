package fi.signspace.plugin.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.ShellBlock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image and the compose files on a real container engine. SignSpace is the sandbox on this
 * machine; Grafana is not started.
 */
@Tag("containers")
class ImagesIT {

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final String SIGTERM = "143";
  private static final Path CURRENT = Path.of("target/signspace-process.jar");
  private static final String OPERATIONS = "docs/operations.md";

  /** The jar of the version that is updated; by default, the same one under another label. */
  private static final Optional<Path> PREVIOUS =
      Optional.ofNullable(System.getProperty("previous.jar")).map(Path::of);

  @TempDir private Path clone;
  private final StandIn signSpace = new StandIn();

  @BeforeEach
  void startSignSpace() throws Exception {
    Nodes.requireInstalled("docker");
    signSpace.start();
  }

  @AfterEach
  void stopSignSpace() {
    signSpace.close();
  }

  @Test
  void one_machine_signs_unprivileged_and_stops_in_time_with_and_without_database()
      throws Exception {
    try (Installation installation =
        new Installation(clone, Map.of("signspace", 8080), "compose.yaml")) {
      installation.configure(settings("172.30.76.1"));

      installation.compose("up", "--build", "--detach", "--wait");
      expectThatItSigns(installation.engineAt("signspace"), "One machine");
      assertThat(installation.compose("exec", "-T", "signspace", "cat", "/proc/1/comm"))
          .isEqualTo("java");
      assertThat(installation.compose("exec", "-T", "signspace", "id", "-u")).isEqualTo("10001");
      assertThat(
              installation.compose(
                  "exec",
                  "-T",
                  "signspace",
                  "sh",
                  "-c",
                  "touch /app/new || cat /app/sbom.cdx.json"))
          .contains("Read-only file system", "CycloneDX", "camunda-engine");
      assertThat(installation.run("docker", "logs", logsOf(installation)))
          .doesNotContain("Unable to use shared archive");

      expectThatItStops(installation);

      installation.compose("up", "--detach", "--wait");
      installation.compose("kill", "postgres");
      await()
          .atMost(LIMIT)
          .until(
              () -> installation.inspect("signspace", "State.Health.Status").equals("unhealthy"));
      expectThatItStops(installation);
    }
  }

  private static String logsOf(Installation installation) throws Exception {
    return installation.inspect("signspace", "Id");
  }

  private static void expectThatItStops(Installation installation) throws Exception {
    long begin = System.nanoTime();
    installation.compose("stop", "signspace");
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(taken).isLessThan(STOP);
    assertThat(installation.inspect("signspace", "State.ExitCode")).isEqualTo(SIGTERM);
  }

  @Test
  void a_backup_is_restored_with_the_documented_commands() throws Exception {
    try (Installation installation =
        new Installation(clone, Map.of("signspace", 8080), "compose.yaml")) {
      installation.configure(settings("172.30.76.1"));
      installation.compose("up", "--build", "--detach", "--wait");
      EngineRest engine = installation.engineAt("signspace");
      String open = signSpace.startRequest(engine, "Open");
      await().atMost(LIMIT).until(() -> engine.userTasks(open).contains("userTask_manageSigning"));

      installation.run(ShellBlock.of(OPERATIONS, "pg_dump"));
      String lost = signSpace.startRequest(engine, "Lost");
      signSpace.sign("Lost");
      installation.run(ShellBlock.of(OPERATIONS, "pg_restore"));
      installation.compose("up", "--detach", "--wait");

      signSpace.expectSignature(engine, open, "Open");
      expectThatItSigns(engine, "After the restore");
      assertThat(engine.get("/history/process-instance?processInstanceIds=" + lost)).isEmpty();
    }
  }

  @Test
  void a_cluster_survives_crashes_reports_a_stopped_node_and_is_updated_without_a_pause()
      throws Exception {
    try (Installation installation =
        new Installation(
            clone,
            Map.of("balancer", 8080, "prometheus", 9090),
            "compose.cluster.yaml",
            "compose.monitoring.yaml")) {
      installation.configure(settings("172.30.77.1"));
      if (PREVIOUS.isPresent()) {
        installation.pack(PREVIOUS.get());
      }
      // minutes become seconds
      installation.edit("monitoring/prometheus.yaml", "30s", "2s\n  evaluation_interval: 2s");
      installation.edit("monitoring/alerts.yaml", "for: 2m", "for: 4s");
      installation.edit("monitoring/alerts.yaml", "[1d:1m]", "[1d:4s]");

      installation.compose("up", "--build", "--detach", "--wait", "worker", "engine-2");
      installation.compose("up", "--no-build", "--detach", "--wait", "prometheus");
      EngineRest engine = installation.engineAt("balancer");
      Map<String, String> requests = new LinkedHashMap<>();
      for (String crashing : List.of("engine-1", "worker", "postgres", "balancer")) {
        startRequests(engine, "before a crash of " + crashing, requests);
        installation.crash(crashing);
        startRequests(engine, "after a crash of " + crashing, requests);
      }
      requests.keySet().forEach(signSpace::sign);
      requests.forEach((title, instance) -> signSpace.expectEnd(engine, instance, title));
      String paused = Clock.systemUTC().instant().toString();
      installation.compose("pause", "engine-1");
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  installation
                      .compose("logs", "--no-log-prefix", "--since", paused, "balancer")
                      .contains("engine-1 is DOWN"));
      expectThatItSigns(engine, "While an engine hangs");
      installation.compose("unpause", "engine-1");
      assertThat(engine.incidents()).isEmpty();

      expectThatAStoppedNodeIsReported(installation);
      expectThatAnUpdateIsNotNoticed(installation);
    }
  }

  private void startRequests(EngineRest engine, String title, Map<String, String> requests) {
    for (int number = 1; number <= 5; number++) {
      String key = title + " " + number;
      await()
          .atMost(LIMIT)
          .ignoreExceptions()
          .until(
              () -> {
                // a start without a response may have succeeded
                if (engine
                    .get("/process-instance?businessKey=" + key.replace(" ", "%20"))
                    .isEmpty()) {
                  signSpace.startRequest(engine, key);
                }
                return true;
              });
      requests.put(
          key,
          engine
              .get("/process-instance?businessKey=" + key.replace(" ", "%20"))
              .get(0)
              .get("id")
              .asText());
    }
  }

  private static void expectThatAStoppedNodeIsReported(Installation installation) throws Exception {
    await().atMost(LIMIT).until(() -> !alerts(installation).contains("NodesMissing"));
    installation.compose("stop", "engine-2");
    await().atMost(LIMIT).until(() -> alerts(installation).contains("NodesMissing"));
    installation.compose("up", "--no-build", "--detach", "--wait", "engine-2");
    await().atMost(LIMIT).until(() -> !alerts(installation).contains("NodesMissing"));
  }

  /** The names of the alerts that are firing. */
  private static List<String> alerts(Installation installation) throws Exception {
    List<String> names = new ArrayList<>();
    HttpResponse<String> response = get(installation.port("prometheus", 9090), "/api/v1/alerts");
    new ObjectMapper()
        .readTree(response.body())
        .at("/data/alerts")
        .forEach(
            alert -> {
              if (alert.get("state").asText().equals("firing")) {
                names.add(alert.at("/labels/alertname").asText());
              }
            });
    return names;
  }

  /**
   * Requests are made all the time, and processes started, while each node is replaced. A node that
   * stops says so at its readiness, so that is not asked.
   */
  private void expectThatAnUpdateIsNotNoticed(Installation installation) throws Exception {
    EngineRest engine = installation.engineAt("balancer");
    Map<String, String> requests = new LinkedHashMap<>();
    AtomicBoolean updated = new AtomicBoolean();
    CompletableFuture<Integer> answers =
        CompletableFuture.supplyAsync(
            () -> {
              int answered = 0;
              while (!updated.get()) {
                if (answered % 100 == 0) {
                  String title = "Update " + answered;
                  requests.put(title, signSpace.startRequest(engine, title));
                }
                // fails unless it is answered with what was asked for
                assertThat(engine.get("/process-definition/count").get("count").asInt())
                    .isPositive();
                answered++;
              }
              return answered;
            });
    String before = installation.inspect("engine-2", "Id");

    installation.pack(CURRENT);
    installation.edit("Dockerfile", "VERSION=unknown", "VERSION=next");
    installation.run("./update.sh", "-f", "compose.monitoring.yaml", "-f", "override.yaml");
    updated.set(true);

    assertThat(installation.inspect("engine-2", "Id")).isNotEqualTo(before);
    assertThat(installation.inspect("worker", "Config.Labels")).contains("version:next");
    assertThat(answers.get()).isGreaterThan(50);
    requests.keySet().forEach(signSpace::sign);
    requests.forEach((title, instance) -> signSpace.expectEnd(engine, instance, title));
    assertThat(engine.incidents()).isEmpty();
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private void expectThatItSigns(EngineRest engine, String title) {
    signSpace.expectSignature(engine, signSpace.startRequest(engine, title), title);
  }

  /** Several nodes share this machine. */
  private Map<String, String> settings(String host) {
    Map<String, String> settings = signSpace.settings(host);
    settings.put("JDK_JAVA_OPTIONS", "-Xmx400m -XX:TieredStopAtLevel=1");
    // two workers in turn may wait for the end of a call that a crash has cut off
    settings.put("SIGNSPACE_WORKER_SETTLE_TIME", "5s");
    return settings;
  }
}
