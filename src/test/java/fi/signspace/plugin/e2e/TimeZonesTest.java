package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes with one database and different time zones. */
@Tag("long")
class TimeZonesTest {

  private static final String DATABASE = "zones";
  private static final Postgres POSTGRES = Postgres.start();

  private final Node inUtc = node("in-utc", "UTC");
  private final Node inHelsinki = node("in-helsinki", "Europe/Helsinki");

  @BeforeAll
  static void create() {
    POSTGRES.createDatabase(DATABASE);
  }

  @AfterAll
  static void stop() {
    POSTGRES.close();
  }

  @AfterEach
  void kill() {
    List.of(inUtc, inHelsinki).forEach(Node::kill);
  }

  @Test
  void a_node_in_another_zone_does_not_start_and_an_existing_installation_keeps_its_zone() {
    inUtc.start();
    inUtc.awaitReady();
    inHelsinki.start();

    assertThat(inHelsinki.awaitEnd()).isNotZero();
    assertThat(inHelsinki.log())
        .contains("zone UTC", "TZ sets the zone of this node to Europe/Helsinki");

    // as it was before zones were recorded
    inUtc.kill();
    POSTGRES.execute(DATABASE, "DELETE FROM act_ge_property WHERE name_ = 'signspace.time-zone'");
    inHelsinki.start();
    inHelsinki.awaitReady();
    inUtc.start();

    assertThat(inUtc.awaitEnd()).isNotZero();
    assertThat(inUtc.log()).contains("TZ sets the zone of this node to UTC");
  }

  private static Node node(String name, String zone) {
    return Nodes.whole(
        name, POSTGRES.settings(DATABASE), Map.of("TZ", zone, "SPRING_PROFILES_ACTIVE", "engine"));
  }
}
