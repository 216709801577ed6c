package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Postgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes on an empty PostgreSQL, in separate processes. */
class SchemaStartupLockTest {

  private static final String DATABASE = "signspace";
  private static final String WAITS = "Another node is starting with this database";

  private final Postgres postgres = Postgres.start();
  private final List<Node> nodes = List.of(node("starting-1"), node("starting-2"));

  private Node node(String name) {
    Map<String, String> environment = postgres.settings(DATABASE);
    environment.put("SPRING_PROFILES_ACTIVE", "engine");
    environment.put("SIGNSPACE_USERS_CLARA_PASSWORD", "of-the-clerk");
    environment.put("SIGNSPACE_USERS_CLARA_GROUPS", "signing-clerks");
    return new Node(name, environment);
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::kill);
    postgres.close();
  }

  @Tag("long")
  @Test
  void nodes_that_start_concurrently_on_an_empty_database_create_everything_once()
      throws Exception {
    postgres.createDatabase(DATABASE);

    try (Connection another = postgres.connect(DATABASE);
        Statement turn = another.createStatement()) {
      turn.execute("SELECT pg_advisory_lock(%d)".formatted(SchemaStartupLock.LOCK));
      nodes.forEach(Node::start);
      nodes.forEach(
          node -> await().atMost(Duration.ofMinutes(3)).until(() -> node.log().contains(WAITS)));
    }
    nodes.forEach(Node::awaitReady);

    assertThat(nodes).allSatisfy(node -> assertThat(node.log()).doesNotContain("ERROR"));
    for (Node node : nodes) {
      EngineRest engine = new EngineRest(node.port());
      assertThat(texts(engine.get("/user"), "id")).containsExactlyInAnyOrder("demo", "clara");
      assertThat(texts(engine.get("/user?memberOfGroup=signing-clerks"), "id")).contains("clara");
      assertThat(texts(engine.get("/group"), "id"))
          .contains("camunda-admin", "signing-clerks", "signing-admins", "signing-workers")
          .doesNotHaveDuplicates();
      assertThat(grants(engine)).isNotEmpty().doesNotHaveDuplicates();
      assertThat(texts(engine.get("/filter?resourceType=Task"), "name"))
          .contains("Waiting for signatures", "Examples")
          .doesNotHaveDuplicates();
      assertThat(texts(engine.get("/deployment"), "name"))
          .containsExactlyInAnyOrder("SpringAutoDeployment", "signing-mail");
      assertThat(texts(engine.get("/process-definition"), "key"))
          .contains("signing-request", "signing-status-sweep")
          .doesNotHaveDuplicates();
    }
  }

  private static List<String> grants(EngineRest engine) {
    return entries(engine.get("/authorization?type=1"))
        .map(
            grant ->
                Stream.of("userId", "groupId", "resourceType", "resourceId")
                    .map(part -> grant.get(part).asText())
                    .toList()
                    .toString())
        .toList();
  }

  private static List<String> texts(JsonNode list, String name) {
    return entries(list).map(entry -> entry.get(name).asText()).toList();
  }

  private static Stream<JsonNode> entries(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
