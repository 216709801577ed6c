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

/** A PostgreSQL on this machine, as production has one, with the database of an application. */
final class Database implements AutoCloseable {

  private static final String NAME = "signspace";

  private final Postgres postgres = Postgres.start();

  Database() {
    postgres.createDatabase(NAME);
  }

  /** What an application needs to know that uses it as in production. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(Application.RARE_CHECKS);
    environment.putAll(postgres.settings(NAME));
    return environment;
  }

  /** The number of the newest transaction. */
  long transaction() {
    return number("select txid_current()");
  }

  /** The rows that are there now and were written, or changed, by a newer transaction. */
  long rowsWrittenAfter(long transaction) {
    return answers("select tablename from pg_tables where schemaname = 'public'").stream()
        .mapToLong(table -> rowsWrittenAfter(transaction, table))
        .sum();
  }

  private long rowsWrittenAfter(long transaction, String table) {
    return number(
        "select count(*) from %s where xmin::text::bigint > %d".formatted(table, transaction));
  }

  /**
   * Every row that was inserted, changed or deleted so far; PostgreSQL counts them late, so two
   * counts that are ten seconds apart have to agree.
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

  private long number(String question) {
    return Long.parseLong(answers(question).get(0));
  }

  private List<String> answers(String question) {
    try (Connection connection = postgres.connect(NAME);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      List<String> answers = new ArrayList<>();
      while (answer.next()) {
        answers.add(answer.getString(1));
      }
      return answers;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In bytes, without the room that deleted and changed rows leave. */
  long size() {
    postgres.execute(NAME, "vacuum full");
    return number("select pg_database_size(current_database())");
  }

  @Override
  public void close() {
    postgres.close();
  }
}
