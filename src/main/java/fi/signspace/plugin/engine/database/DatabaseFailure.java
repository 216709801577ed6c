package fi.signspace.plugin.engine.database;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/**
 * A failure of the database itself rather than of a statement: it is unreachable, full, read-only
 * or shutting down.
 *
 * @param kind the same for failures with the same cause
 * @param message in one line
 */
record DatabaseFailure(String kind, String message) {

  /**
   * SQLSTATE classes: read-only transaction, connection failure, insufficient resources, operator
   * intervention, system error; of H2: input or output failed, read-only, closed, disk full,
   * shutting down.
   */
  private static final List<String> STATES =
      List.of(
          "25006", "08", "53", "57P", "58", "90028", "90031", "90097", "90098", "90100", "90121");

  /** The message of HikariCP for a connection that it has evicted. */
  private static final String EVICTED = "Connection is closed";

  /**
   * In the message of H2 for a file that it can no longer use, which has no SQLSTATE of its own.
   */
  private static final String H2_STORE = "org.h2.mvstore.MVStoreException";

  private static final int MAX_CAUSES = 30;

  /** Returns empty if the database is not the cause. */
  static Optional<DatabaseFailure> in(@Nullable Throwable failure) {
    List<Throwable> causes = causes(failure);
    List<SQLException> sql =
        causes.stream()
            .filter(SQLException.class::isInstance)
            .map(SQLException.class::cast)
            .toList();
    Optional<IOException> io =
        causes.stream()
            .filter(IOException.class::isInstance)
            .map(IOException.class::cast)
            .reduce((first, last) -> last);
    if (sql.isEmpty()
        || (io.isEmpty() && sql.stream().noneMatch(DatabaseFailure::isDatabaseFailure))) {
      return Optional.empty();
    }
    SQLException deepest = sql.get(sql.size() - 1);
    String message = firstLine(deepest);
    String reason = io.map(DatabaseFailure::firstLine).orElse("");
    return Optional.of(
        new DatabaseFailure(
            deepest.getClass().getSimpleName() + deepest.getSQLState(),
            message.contains(reason) ? message : message + ": " + reason));
  }

  /** Follows a failed rollback and also the failure that caused the rollback. */
  static List<Throwable> causes(@Nullable Throwable failure) {
    return allCauses(failure).limit(MAX_CAUSES).toList();
  }

  private static Stream<Throwable> allCauses(@Nullable Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .flatMap(
            cause ->
                cause instanceof TransactionSystemException rollback
                        && rollback.getApplicationException() != null
                    ? Stream.concat(Stream.of(cause), allCauses(rollback.getApplicationException()))
                    : Stream.of(cause));
  }

  private static boolean isDatabaseFailure(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return failure instanceof SQLTransientConnectionException
        || failure instanceof SQLNonTransientConnectionException
        || EVICTED.equals(failure.getMessage())
        || String.valueOf(failure.getMessage()).contains(H2_STORE)
        || STATES.stream().anyMatch(state::startsWith);
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
