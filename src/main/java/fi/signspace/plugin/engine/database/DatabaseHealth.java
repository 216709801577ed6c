package fi.signspace.plugin.engine.database;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Up while the database can be read and takes changes; a driver calls a connection valid that leads
 * to a server that only reads.
 */
final class DatabaseHealth implements HealthIndicator {

  private final JdbcTemplate database;
  private final DatabaseTrouble trouble;

  DatabaseHealth(JdbcTemplate database, DatabaseTrouble trouble) {
    this.database = database;
    this.trouble = trouble;
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
      trouble.note(e);
      return Health.down().withDetail("problem", "cannot be used").build();
    }
  }
}
