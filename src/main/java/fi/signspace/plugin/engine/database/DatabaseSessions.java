package fi.signspace.plugin.engine.database;

import com.zaxxer.hikari.HikariDataSource;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.environment.UnsupportedSettingException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Checks the database before the pool connects to it, and configures the pool's connections:
 * durable commits, timeouts, and the time zone of the tables.
 */
@Component
@ConditionalOnEngine
class DatabaseSessions implements BeanPostProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSessions.class);

  /** Class 42 of SQLSTATE: the table does not exist. */
  private static final String NO_TABLE = "42";

  private final Environment environment;

  DatabaseSessions(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof HikariDataSource pool) {
      prepare(pool);
    } else if (bean instanceof DataSource) {
      throw new UnsupportedSettingException(
          "spring.datasource.type creates a %s, but only HikariCP is supported"
              .formatted(bean.getClass().getName()),
          "Leave spring.datasource.type out.");
    }
    return bean;
  }

  private void prepare(HikariDataSource pool) {
    // the first connection opens an embedded database, with these settings
    DatabaseKind kind = DatabaseKind.ofUrl(pool.getJdbcUrl());
    kind.driverSettings().entrySet().stream()
        .filter(setting -> !hasSetting(pool.getJdbcUrl(), setting.getKey()))
        .forEach(
            setting ->
                pool.getDataSourceProperties().putIfAbsent(setting.getKey(), setting.getValue()));
    SimpleDriverDataSource driver =
        DataSourceBuilder.derivedFrom(pool).type(SimpleDriverDataSource.class).build();
    driver.setConnectionProperties(pool.getDataSourceProperties());
    try (Connection connection = driver.getConnection()) {
      prepare(pool, kind, connection);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The database at spring.datasource.url cannot be used: " + e.getMessage(), e);
    }
  }

  private static boolean hasSetting(String url, String name) {
    return url.toUpperCase(Locale.ROOT).contains(name.toUpperCase(Locale.ROOT) + "=");
  }

  private void prepare(HikariDataSource pool, DatabaseKind kind, Connection connection)
      throws SQLException {
    ZoneId zone = zone(connection, pool.getJdbcUrl());
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    pool.setExceptionOverrideClassName(LostDatabase.class.getName());
    String sql = kind.sessionSql(zone);
    check(connection, sql);
    pool.setConnectionInitSql(
        Stream.of(pool.getConnectionInitSql(), sql)
            .filter(StringUtils::hasText)
            .collect(Collectors.joining("; ")));
  }

  /** Fails once with a clear message instead of with every connection of the pool. */
  private static void check(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new UnsupportedSettingException(
          "spring.datasource.username (SPRING_DATASOURCE_USERNAME) is not permitted to make commits durable: %s rejects “%s”"
              .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), sql),
          "Use the owner of the database.");
    }
  }

  private ZoneId zone(Connection connection, String url) throws SQLException {
    DatabaseZone.Given given = DatabaseZone.Given.ofThisNode();
    if (url.startsWith("jdbc:h2:mem:")) {
      return DatabaseZone.NEW;
    }
    String recorded =
        read(
            connection,
            "select VALUE_ from %sACT_GE_PROPERTY where NAME_ = '" + DatabaseZone.PROPERTY + "'");
    boolean isNew =
        read(connection, "select count(*) from %sACT_RE_DEPLOYMENT having count(*) > 0") == null;
    ZoneId zone = DatabaseZone.choose(recorded == null ? null : ZoneId.of(recorded), isNew, given);
    if (!DatabaseZone.isSame(zone, given.zone())) {
      LOG.info("The engine's tables store times in the zone {}; this node uses it", zone);
    }
    return zone;
  }

  /** Returns null if there is no such row, or the table does not exist yet. */
  private @Nullable String read(Connection connection, String sql) throws SQLException {
    String prefix = environment.getProperty("camunda.bpm.database.table-prefix", "");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql.formatted(prefix))) {
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException e) {
      if (Objects.requireNonNullElse(e.getSQLState(), "").startsWith(NO_TABLE)) {
        return null;
      }
      throw e;
    }
  }
}
