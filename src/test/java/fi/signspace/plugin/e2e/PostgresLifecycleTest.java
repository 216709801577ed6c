package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On PostgreSQL with minimal permissions as described in docs/operations.md: Camunda's scripts
 * create the tables, and the application may only read and write rows.
 */
@Tag("long")
class PostgresLifecycleTest extends LifecycleTest {

  private static final String DATABASE = "signspace";
  private static final String APPLICATION = "signspace_app";
  private static final Postgres POSTGRES = Postgres.start();
  private static final Node NODE =
      Nodes.whole(
          "on-postgres",
          POSTGRES.settings(DATABASE, APPLICATION),
          Map.of("CAMUNDA_BPM_DATABASE_SCHEMA_UPDATE", "false"));

  @BeforeAll
  static void start() {
    POSTGRES.createDatabase(DATABASE);
    POSTGRES.runCamundasScripts(DATABASE);
    POSTGRES.execute(
        DATABASE,
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(APPLICATION, APPLICATION),
        "GRANT USAGE ON SCHEMA public TO " + APPLICATION,
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + APPLICATION,
        // server defaults must not matter
        "ALTER DATABASE %s SET default_transaction_isolation = 'serializable'".formatted(DATABASE));
    NODE.start();
    NODE.awaitReady();
  }

  @AfterAll
  static void stop() {
    NODE.kill();
    POSTGRES.close();
  }

  @Override
  EngineRest engine() {
    return new EngineRest(NODE.port());
  }

  @Override
  SandboxControl sandbox() {
    return new SandboxControl(NODE.port());
  }

  @Test
  void the_timeline_is_read() {
    EngineRest engine = engine();
    ObjectNode variables = RunningCase.request("Timeline");
    String instance = engine.start("timeline", variables);
    new RunningCase(engine, "timeline").awaitTask("userTask_manageSigning");

    JsonNode events = new ApiClient(NODE.port(), Login.DEMO).get(instance + "/events").json();

    assertThat(events.findValuesAsText("type")).contains("created", "uploaded", "sent");
  }

  @Test
  void an_engine_with_another_isolation_level_does_not_start() {
    Node other =
        Nodes.whole(
            "serializable",
            POSTGRES.settings(DATABASE, APPLICATION),
            Map.of(
                "CAMUNDA_BPM_DATABASE_SCHEMA_UPDATE", "false",
                "SPRING_DATASOURCE_HIKARI_TRANSACTION_ISOLATION", "TRANSACTION_SERIALIZABLE"));

    other.start();

    assertThat(other.awaitEnd()).isNotZero();
    assertThat(other.log()).contains("isolation level", "SERIALIZABLE");
  }
}
