package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Serializes the startup of nodes that share a PostgreSQL database: the first creates tables,
 * groups, users and filters, and the others find them. The engine's own locks cover only
 * deployments and history, and need tables that do not exist yet. This plugin comes last, after the
 * other plugins have done their part. A node that dies releases the lock together with its
 * connection. H2 needs no lock, since only one node uses it.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnEngine
class SchemaStartupLock extends AbstractProcessEnginePlugin {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaStartupLock.class);

  /**
   * Key of PostgreSQL's advisory lock in the engine's database: an arbitrary number that nothing
   * else uses.
   */
  static final long LOCK = 7_240_617L;

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);

  private final DataSource dataSource;
  private @Nullable Connection turn;

  SchemaStartupLock(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void postInit(ProcessEngineConfigurationImpl configuration) {
    try {
      turn = take();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot acquire the startup lock in the database", e);
    }
  }

  private @Nullable Connection take() throws SQLException {
    Connection connection = dataSource.getConnection();
    if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
      connection.close();
      return null;
    }
    try (Statement statement = connection.createStatement()) {
      boolean isTaken = isFree(statement);
      if (!isTaken) {
        LOG.info("Another node is starting with this database: waiting for it to finish");
      }
      // polls, since a blocking wait in the database would look like a connection that went silent
      while (!isTaken) {
        LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
        isTaken = isFree(statement);
      }
    }
    return connection;
  }

  private static boolean isFree(Statement statement) throws SQLException {
    try (var result = statement.executeQuery("SELECT pg_try_advisory_lock(%s)".formatted(LOCK))) {
      return result.next() && result.getBoolean(1);
    }
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    Connection taken = turn;
    if (taken == null) {
      return;
    }
    turn = null;
    try (taken;
        Statement statement = taken.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock(%s)".formatted(LOCK));
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot release the startup lock in the database", e);
    }
  }
}
