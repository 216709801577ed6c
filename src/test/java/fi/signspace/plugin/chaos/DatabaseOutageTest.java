package fi.signspace.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.node.SmallDisk;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/**
 * The database stops, becomes read-only or runs out of disk space while requests are started.
 * Nothing is done twice, processing continues without a restart, and the log states the reason in
 * one line.
 */
@Tag("trouble")
class DatabaseOutageTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final RunningSandbox SIGNSPACE = RunningSandbox.start(0);
  private static final int REFUSED = 12;

  @TempDir private Path folder;

  private final SandboxControl sandbox = new SandboxControl(SIGNSPACE.port());
  private Node engine;
  private Node worker;

  @AfterAll
  static void stopSandbox() {
    SIGNSPACE.close();
  }

  @BeforeEach
  void reset() {
    sandbox.reset();
  }

  @AfterEach
  void stop() {
    List.of(worker, engine).forEach(Node::kill);
  }

  @Test
  void a_server_that_shuts_down_immediately_and_restarts() {
    try (Postgres postgres = Postgres.startIn(folder)) {
      startOn("stopped", postgres);

      endure(
          "Stopped",
          () -> postgres.stopAtOnce(folder),
          () -> postgres.startAgain(folder),
          "refused");
    }
  }

  @Test
  void a_read_only_server() {
    try (Postgres postgres = Postgres.startIn(folder)) {
      startOn("read-only", postgres);

      endure(
          "Read-only",
          () ->
              postgres.execute(
                  "postgres",
                  "ALTER SYSTEM SET default_transaction_read_only = on",
                  "SELECT pg_reload_conf()"),
          () ->
              postgres.execute(
                  "postgres",
                  "SET default_transaction_read_only = off",
                  "ALTER SYSTEM RESET default_transaction_read_only",
                  "SELECT pg_reload_conf()"),
          "read-only");
    }
  }

  @Test
  void a_server_that_becomes_a_standby_and_is_promoted() {
    try (Postgres postgres = Postgres.startIn(folder)) {
      startOn("standby", postgres);

      endure(
          "Standby",
          () -> {
            postgres.stopAtOnce(folder);
            create(folder.resolve("standby.signal"));
            postgres.startAgain(folder);
          },
          () -> postgres.execute("postgres", "SELECT pg_promote()"),
          "Could not find a server with specified targetServerType");
    }
  }

  @Test
  void a_postgresql_without_disk_space() {
    try (SmallDisk disk = SmallDisk.mount(folder, DataSize.ofMegabytes(256));
        Postgres postgres = Postgres.startIn(folder.resolve("data"))) {
      startOn("full-postgres", postgres);

      endure("Full PostgreSQL", disk::fill, disk::free, "No space left on device");
    }
  }

  @Test
  void an_h2_file_without_disk_space() {
    try (SmallDisk disk = SmallDisk.mount(folder, DataSize.ofMegabytes(96))) {
      startOn("full-h2", Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("db")));

      endure("Full H2", disk::fill, disk::free, "No space left on device");
    }
  }

  private void startOn(String name, Postgres postgres) {
    postgres.createDatabase("trouble");
    startOn(name, postgres.settings("trouble"));
  }

  private void startOn(String name, Map<String, String> database) {
    engine = Nodes.engine("engine-" + name, database, SIGNSPACE.port());
    worker = Nodes.worker("worker-" + name, engine, SIGNSPACE.port(), Map.of());
    engine.start();
    worker.start();
    engine.awaitReady();
    worker.awaitReady();
  }

  private void endure(String scenario, Runnable begin, Runnable end, String cause) {
    Instances instances = new Instances(new EngineRest(engine.port()), sandbox, scenario, "PT3S");
    instances.start(5);

    begin.run();
    int[] refused = {0};
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              refused[0] += instances.tryStart() ? 0 : 1;
              return refused[0] >= REFUSED;
            });
    end.run();
    await().atMost(LIMIT).until(instances::tryStart);
    instances.awaitFinished(LIMIT);

    Instances.Requests requests = instances.requests();
    assertThat(requests.all()).isEqualTo(requests.instances());
    assertThat(requests.all()).isGreaterThanOrEqualTo(instances.ids().size());
    assertThat(instances.incidents()).isZero();
    assertThat(instances.withTheirDocuments()).isEqualTo(instances.ids().size());
    assertThat(engine.log())
        .contains("The database cannot be used: ", cause)
        .doesNotContain("\tat ");
  }

  private static void create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
