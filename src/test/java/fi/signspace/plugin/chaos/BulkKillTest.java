package fi.signspace.plugin.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.ApiClient;
import fi.signspace.plugin.e2e.ApiClient.Response;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node is killed while it sends a list: each row still is one request. */
@Tag("chaos")
class BulkKillTest {

  private static final Logger LOG = LoggerFactory.getLogger(BulkKillTest.class);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int ROWS = Integer.getInteger("chaos.rows", 120);
  private static final int KILLS = 2;

  @TempDir private Path folder;

  private final RunningSandbox signSpace = RunningSandbox.start(0);
  private Node node;
  private SandboxControl sandbox;
  private ApiClient api;

  @BeforeEach
  void start() {
    sandbox = new SandboxControl(signSpace.port());
    node =
        Nodes.whole(
            "node-with-list",
            Optional.empty(),
            signSpace.port(),
            Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("engine")));
    node.start();
    node.awaitReady();
    api = new ApiClient(node.port(), Login.DEMO);
  }

  @AfterEach
  void stop() {
    node.kill();
    signSpace.close();
  }

  @Test
  void each_row_is_one_request_whenever_the_node_is_killed() {
    long seed = System.nanoTime();
    LOG.info("The kills' seed is {}", seed);
    Random random = new Random(seed);
    Calls calls = new Calls(sandbox);
    String id = started();

    List<Integer> moments = new ArrayList<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      int moment = calls.received(Calls.CREATE) + 1 + random.nextInt(ROWS / KILLS - 10);
      await()
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> calls.received(Calls.CREATE) >= moment);
      node.kill();
      moments.add(sandbox.requests().size());
      node.start();
      node.awaitReady();
    }
    await().atMost(LIMIT).until(() -> progress(id).get("sent").asInt() == ROWS);

    LOG.info("Killed when there were {} requests of {}, seed {}", moments, ROWS, seed);
    assertThat(moments).allMatch(sent -> sent < ROWS);
    assertThat(titles())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, ROWS).mapToObj(BulkKillTest::title).toList());
    assertThat(
            new EngineRest(node.port())
                .get("/history/process-instance/count?processDefinitionKey=signing-request")
                .get("count")
                .asInt())
        .isEqualTo(ROWS);
    assertThat(progress(id).get("failed").asInt()).isZero();
    assertThat(progress(id).get("status").asText()).isEqualTo("sending");
  }

  private String started() {
    StringBuilder list = new StringBuilder("businessKey;title;signer1\r\n");
    IntStream.rangeClosed(1, ROWS)
        .forEach(row -> list.append("key-%s;%s;anna@example.com\r\n".formatted(row, title(row))));
    Response started =
        api.startList(
            new ApiClient.Form()
                .list("leases.csv", list.toString().getBytes(UTF_8))
                .document("lease.pdf", Pdfs.withText("Lease of a flat")));
    assertThat(started.status()).isEqualTo(202);
    return started.json().get("id").asText();
  }

  private static String title(int row) {
    return "Lease %03d".formatted(row);
  }

  private List<String> titles() {
    List<String> titles = new ArrayList<>();
    sandbox.requests().forEach(request -> titles.add(request.get("title").asText()));
    return titles;
  }

  private JsonNode progress(String id) {
    return api.getPath("/api/bulk/" + id).json();
  }
}
