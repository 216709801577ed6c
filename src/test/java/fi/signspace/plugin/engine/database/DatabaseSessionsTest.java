package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import fi.signspace.plugin.environment.UnsupportedSettingException;
import fi.signspace.plugin.testkit.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.env.MockEnvironment;

/** What every connection of the pool provides, whatever the defaults of the database. */
class DatabaseSessionsTest {

  private static final String RECORD =
      "INSERT INTO ACT_GE_PROPERTY VALUES ('signspace.time-zone', 'America/New_York')";

  private final TimeZone machine = TimeZone.getDefault();

  @AfterEach
  void restore() {
    TimeZone.setDefault(machine);
  }

  @Test
  void a_commit_to_an_h2_file_is_in_the_file_when_it_returns(@TempDir Path folder) {
    try (HikariDataSource pool = pool("jdbc:h2:file:" + folder.resolve("db"), "sa", "")) {
      assertThat(
              read(
                  pool,
                  "select max(SETTING_VALUE) from INFORMATION_SCHEMA.SETTINGS where SETTING_NAME = 'WRITE_DELAY'"))
          .isEqualTo("0");
      assertThat(read(pool, "call CURRENT_TIMESTAMP")).endsWith("+00");
    }
  }

  /** What the operating system has of the file is what remains after {@code kill -9}. */
  @Test
  void what_was_committed_is_there_after_the_process_is_killed(@TempDir Path folder)
      throws Exception {
    try (HikariDataSource pool = pool("jdbc:h2:file:" + folder.resolve("db"), "sa", "")) {
      JdbcTemplate database = new JdbcTemplate(pool);
      database.execute("CREATE TABLE t (id int)");
      for (int row = 1; row <= 20; row++) {
        database.update("INSERT INTO t VALUES (?)", row);

        Path left = folder.resolve("left-" + row);
        Files.copy(folder.resolve("db.mv.db"), Path.of(left + ".mv.db"));
        try (HikariDataSource restarted = pool("jdbc:h2:file:" + left, "sa", "")) {
          assertThat(read(restarted, "select count(*) from t")).isEqualTo(String.valueOf(row));
        }
      }
    }
  }

  @Test
  void tables_keep_the_zone_that_is_recorded_in_them(@TempDir Path folder) throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("db");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE ACT_GE_PROPERTY (NAME_ VARCHAR(64), VALUE_ VARCHAR(300))");
      statement.execute(RECORD);
    }

    try (HikariDataSource pool = pool(url, "sa", "")) {
      assertThat(pool).isNotNull();
      assertThat(TimeZone.getDefault().getID()).isEqualTo("America/New_York");
      assertThat(read(pool, "call CURRENT_TIMESTAMP")).matches(".*-0[45](:00)?");
    }
  }

  @Test
  void a_user_of_h2_who_may_not_make_commits_durable_is_refused(@TempDir Path folder)
      throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("db");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER GUEST PASSWORD 'guest'");
    }

    assertThatThrownBy(() -> pool(url, "GUEST", "guest"))
        .isInstanceOf(UnsupportedSettingException.class)
        .hasMessageContaining("SPRING_DATASOURCE_USERNAME");
  }

  @Test
  void any_other_pool_is_rejected() {
    assertThatThrownBy(
            () ->
                new DatabaseSessions(new MockEnvironment())
                    .postProcessAfterInitialization(new DriverManagerDataSource(), "dataSource"))
        .isInstanceOf(UnsupportedSettingException.class)
        .hasMessageContaining("spring.datasource.type");
  }

  @ParameterizedTest
  @CsvSource({"off, on", "local, on", "remote_write, on", "on, on", "remote_apply, remote_apply"})
  void a_commit_to_postgresql_is_durable_whatever_the_role_sets(String ofTheRole, String used) {
    try (Postgres postgres = Postgres.start()) {
      postgres.createDatabase("durable");
      postgres.execute(
          "durable", "ALTER ROLE durable SET synchronous_commit = '" + ofTheRole + "'");

      try (HikariDataSource pool = pool(urlOf(postgres), "durable", "durable")) {
        assertThat(read(pool, "SHOW synchronous_commit")).isEqualTo(used);
      }
    }
  }

  @Test
  void a_read_only_postgresql_is_avoided_until_it_accepts_writes() {
    try (Postgres postgres = Postgres.start()) {
      postgres.createDatabase("primary_only");
      try (HikariDataSource pool =
          pool(urlOf(postgres, "primary_only"), "primary_only", "primary_only")) {
        JdbcTemplate database = new JdbcTemplate(pool);
        database.execute("CREATE TABLE t (id int)");
        postgres.execute(
            "postgres",
            "ALTER SYSTEM SET default_transaction_read_only = on",
            "SELECT pg_reload_conf()");

        await()
            .untilAsserted(
                () ->
                    assertThatThrownBy(() -> database.execute("INSERT INTO t VALUES (1)"))
                        .hasRootCauseMessage(
                            "ERROR: cannot execute INSERT in a read-only transaction"));
        assertThatThrownBy(() -> database.execute("SELECT 1"))
            .hasStackTraceContaining("targetServerType: primary");
        postgres.execute(
            "postgres",
            "SET default_transaction_read_only = off",
            "ALTER SYSTEM RESET default_transaction_read_only",
            "SELECT pg_reload_conf()");

        await().ignoreExceptions().until(() -> database.update("INSERT INTO t VALUES (1)") == 1);
      }
    }
  }

  private static String urlOf(Postgres postgres) {
    return urlOf(postgres, "durable");
  }

  private static String urlOf(Postgres postgres, String database) {
    return "jdbc:postgresql://localhost:%d/%s".formatted(postgres.port(), database);
  }

  private static HikariDataSource pool(String url, String user, String password) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setUsername(user);
    pool.setPassword(password);
    pool.setMaximumPoolSize(2);
    pool.setConnectionTimeout(1000);
    new DatabaseSessions(new MockEnvironment()).postProcessAfterInitialization(pool, "dataSource");
    return pool;
  }

  private static String read(HikariDataSource pool, String sql) {
    return String.valueOf(new JdbcTemplate(pool).queryForObject(sql, String.class));
  }
}
