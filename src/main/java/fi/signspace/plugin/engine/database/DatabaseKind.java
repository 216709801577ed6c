package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.UnsupportedSettingException;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;

/** The databases that the product runs on, and what it demands of every connection to them. */
enum DatabaseKind {
  /**
   * Writes half a second late unless told otherwise, remembers a zone of its own, and fills the
   * disk with a log of its failures.
   */
  H2("H2") {
    @Override
    Map<String, String> driverSettings() {
      return Map.of();
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
  },
  /**
   * A role, a database or a server may have switched synchronous commits off. A connection that
   * went silent is given up, and one to a server that only reads is not taken.
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
  };

  private final String product;

  DatabaseKind(String product) {
    this.product = product;
  }

  /**
   * @param product as the driver names it
   */
  static DatabaseKind of(String product) {
    return Stream.of(values())
        .filter(kind -> kind.product.equals(product))
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedSettingException(
                    "spring.datasource.url (SPRING_DATASOURCE_URL) leads to %s, and the product makes commits durable on PostgreSQL and H2 only"
                        .formatted(product),
                    "Use a PostgreSQL database, as docs/operations.md describes."));
  }

  /** Settings of the driver, unless they are given. */
  abstract Map<String, String> driverSettings();

  /** What every connection begins with. */
  abstract String sessionSql(ZoneId zone);

  /** Says in one text what commits depend on. */
  abstract String durabilitySql();

  /** Whether transactions may change anything. */
  abstract String writableSql();
}
