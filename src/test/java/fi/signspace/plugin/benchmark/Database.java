package fi.signspace.plugin.benchmark;

import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.testkit.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A local PostgreSQL as in production, with the database of an application. */
final class Database implements AutoCloseable {

  private static final String NAME = "signspace";

  private final Postgres postgres = Postgres.start();

  Database() {
    postgres.createDatabase(NAME);
  }

  /** Returns the settings of an application in production. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(Application.RARE_CHECKS);
    environment.putAll(postgres.settings(NAME));
    return environment;
  }

  /** The number of the newest transaction. */
  long transaction() {
    return number("select txid_current()");
  }

  /** The existing rows that were written or changed by newer transactions. */
  long rowsWrittenAfter(long transaction) {
    return column("select tablename from pg_tables where schemaname = 'public'").stream()
        .mapToLong(table -> rowsWrittenAfter(transaction, table))
        .sum();
  }

  private long rowsWrittenAfter(long transaction, String table) {
    return number(
        "select count(*) from %s where xmin::text::bigint > %d".formatted(table, transaction));
  }

  /**
   * The number of rows inserted, updated or deleted so far. PostgreSQL updates the statistics late,
   * so two counts ten seconds apart must agree.
   */
  long settledRowWrites() {
    AtomicLong last = new AtomicLong(-1);
    await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ofSeconds(10))
        .pollInterval(Duration.ofSeconds(10))
        .until(
            () -> {
              long now =
                  number("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables");
              return last.getAndSet(now) == now;
            });
    return last.get();
  }

  private long number(String sql) {
    return Long.parseLong(column(sql).get(0));
  }

  private List<String> column(String sql) {
    try (Connection connection = postgres.connect(NAME);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (result.next()) {
        values.add(result.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Work with a connection. */
  interface Work {
    void with(Connection connection) throws SQLException;
  }

  void connected(Work work) throws SQLException {
    try (Connection connection = postgres.connect(NAME)) {
      work.with(connection);
    }
  }

  /** Removes dead rows and updates the planner's statistics. */
  void vacuum() {
    postgres.execute(NAME, "vacuum analyze");
  }

  /** The size in bytes, without dead rows. */
  long size() {
    postgres.execute(NAME, "vacuum full");
    return number("select pg_database_size(current_database())");
  }

  @Override
  public void close() {
    postgres.close();
  }
}
