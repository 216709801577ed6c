package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.UnsupportedSettingException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.boot.jdbc.DatabaseDriver;

/** The supported databases and the settings that every connection to them needs. */
enum DatabaseKind {
  /**
   * By default, H2 writes half a second late, remembers its own time zone, fills the disk with a
   * log of its failures, and parses nearly every statement again.
   */
  H2("H2") {
    @Override
    Map<String, String> driverSettings() {
      // cases without a due date come last, as on PostgreSQL
      return Map.of("QUERY_CACHE_SIZE", "256", "DEFAULT_NULL_ORDERING", "HIGH");
    }

    @Override
    String sessionSql(ZoneId zone) {
      return "SET WRITE_DELAY 0; SET TRACE_LEVEL_FILE 0; SET TIME ZONE '%s'"
          .formatted(zone.getId());
    }

    @Override
    String durabilitySql() {
      return "select 'WRITE_DELAY=' || max(SETTING_VALUE) from INFORMATION_SCHEMA.SETTINGS"
          + " where SETTING_NAME = 'WRITE_DELAY'";
    }

    @Override
    String writableSql() {
      return "select not READONLY()";
    }

    @Override
    List<String> indexSql() {
      // of its own indexes, H2 takes that of tasks, and scans the variables of all instances
      return List.of(
          "create index if not exists SIGNSPACE_IDX_VARIABLE_EXECUTION"
              + " on ACT_RU_VARIABLE(EXECUTION_ID_, TASK_ID_, NAME_)");
    }
  },
  /**
   * A role, a database or a server may have switched synchronous commits off. A connection that
   * goes silent is closed, and a connection to a read-only server is refused.
   */
  POSTGRESQL("PostgreSQL") {
    @Override
    Map<String, String> driverSettings() {
      return Map.of(
          "connectTimeout", "5",
          "socketTimeout", "20",
          "tcpKeepAlive", "true",
          "targetServerType", "primary");
    }

    @Override
    String sessionSql(ZoneId zone) {
      return "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')";
    }

    @Override
    String durabilitySql() {
      return "select 'synchronous_commit=' || current_setting('synchronous_commit')"
          + " || ', fsync=' || current_setting('fsync')";
    }

    @Override
    String writableSql() {
      return "select current_setting('transaction_read_only') = 'off'";
    }

    @Override
    List<String> indexSql() {
      return List.of();
    }
  };

  private final String product;

  DatabaseKind(String product) {
    this.product = product;
  }

  /**
   * @param product the name that the driver reports
   */
  static DatabaseKind of(String product) {
    return find(kind -> kind.product.equals(product), product);
  }

  static DatabaseKind ofUrl(String jdbcUrl) {
    String driver = DatabaseDriver.fromJdbcUrl(jdbcUrl).name();
    return find(kind -> kind.name().equals(driver), driver);
  }

  private static DatabaseKind find(Predicate<DatabaseKind> condition, String name) {
    return Stream.of(values())
        .filter(condition)
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedSettingException(
                    "spring.datasource.url (SPRING_DATASOURCE_URL) points to %s, but only PostgreSQL and H2 are supported"
                        .formatted(name),
                    "Use a PostgreSQL database, as docs/operations.md describes."));
  }

  /** Driver settings that apply unless they are configured. */
  abstract Map<String, String> driverSettings();

  /** The SQL that initializes every connection. */
  abstract String sessionSql(ZoneId zone);

  /** Selects one text that describes how durable commits are. */
  abstract String durabilitySql();

  /** Selects whether transactions may write. */
  abstract String writableSql();

  /** Creates the indexes that the engine's tables lack, unless they exist. */
  abstract List<String> indexSql();
}
