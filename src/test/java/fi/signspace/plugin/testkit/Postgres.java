package fi.signspace.plugin.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A real PostgreSQL with default settings. */
public final class Postgres implements AutoCloseable {

  private static final String SUPERUSER = "postgres";

  /** In dependency order. */
  private static final List<String> CAMUNDAS_PARTS =
      List.of(
          "engine",
          "history",
          "identity",
          "case.engine",
          "case.history",
          "decision.engine",
          "decision.history");

  private EmbeddedPostgres server;

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  public static Postgres start() {
    return start(builder());
  }

  /** Starts with a data folder, which is kept after the end. */
  public static Postgres startIn(Path data) {
    return start(builder().setDataDirectory(data).setCleanDataDirectory(false));
  }

  /** Stops without notifying clients, like {@code pg_ctl stop -m immediate}. */
  public void stopAtOnce(Path data) {
    try {
      long id = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      ProcessHandle postmaster = ProcessHandle.of(id).orElseThrow();
      new ProcessBuilder("kill", "-QUIT", String.valueOf(id)).start().onExit().join();
      postmaster.onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  /** Restarts at the same port with the same data. */
  public void startAgain(Path data) {
    EmbeddedPostgres.Builder again =
        builder().setDataDirectory(data).setCleanDataDirectory(false).setPort(server.getPort());
    try {
      server = again.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setServerConfig("max_connections", "100")
        .setServerConfig("synchronous_commit", "on");
  }

  private static Postgres start(EmbeddedPostgres.Builder builder) {
    try {
      return new Postgres(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /** A connection of the superuser. */
  public Connection connect(String database) throws SQLException {
    return server.getDatabase(SUPERUSER, database).getConnection();
  }

  /** Executes statements as the superuser. */
  public void execute(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Creates a database whose owner has no other permissions. */
  public void createDatabase(String name) {
    execute(
        SUPERUSER,
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, name),
        "CREATE DATABASE %s OWNER %s".formatted(name, name));
  }

  /** Creates the engine's tables as their owner, with the scripts in the engine's jar. */
  public void runCamundasScripts(String database) {
    for (String part : CAMUNDAS_PARTS) {
      try (InputStream script =
          Postgres.class.getResourceAsStream(
              "/org/camunda/bpm/engine/db/create/activiti.postgres.create.%s.sql"
                  .formatted(part))) {
        String sql =
            new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        execute(database, "SET ROLE " + database, sql);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns the settings for a database of {@link #createDatabase}. */
  public Map<String, String> settings(String database) {
    return settings(database, database);
  }

  /**
   * @param user also the password
   */
  public Map<String, String> settings(String database, String user) {
    return new TreeMap<>(
        Map.of(
            "SPRING_DATASOURCE_URL",
            "jdbc:postgresql://localhost:%d/%s".formatted(port(), database),
            "SPRING_DATASOURCE_USERNAME",
            user,
            "SPRING_DATASOURCE_PASSWORD",
            user));
  }

  /** Stops the server. Stop its clients first. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
