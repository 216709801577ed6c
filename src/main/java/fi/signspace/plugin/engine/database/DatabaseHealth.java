package fi.signspace.plugin.engine.database;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Up while the database can be read and written. The driver's check alone is not enough: it accepts
 * a connection to a read-only server.
 */
final class DatabaseHealth implements HealthIndicator {

  private final JdbcTemplate database;
  private final DatabaseFailureLog failures;

  DatabaseHealth(JdbcTemplate database, DatabaseFailureLog failures) {
    this.database = database;
    this.failures = failures;
  }

  @Override
  public Health health() {
    try {
      String product =
          database.execute(
              (ConnectionCallback<String>)
                  connection -> connection.getMetaData().getDatabaseProductName());
      Boolean isWritable =
          database.queryForObject(
              DatabaseKind.of(String.valueOf(product)).writableSql(), Boolean.class);
      return Boolean.TRUE.equals(isWritable)
          ? Health.up().withDetail("database", String.valueOf(product)).build()
          : Health.down().withDetail("problem", "read-only").build();
    } catch (DataAccessException | TransactionException e) {
      failures.note(e);
      return Health.down().withDetail("problem", "cannot be used").build();
    }
  }
}
