package fi.signspace.plugin.engine.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Evicts a connection that is open but unusable: its server has become read-only, for example after
 * a failover, or H2 has closed its file after a failed write. The next connection is made only to a
 * server that accepts writes, and reopens the file.
 */
public final class LostDatabase implements SQLExceptionOverride {

  private static final String READ_ONLY_TRANSACTION = "25006";
  private static final String H2_IS_CLOSED = "90098";
  private static final Set<String> LOST = Set.of(READ_ONLY_TRANSACTION, H2_IS_CLOSED);

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return failure.getSQLState() != null && LOST.contains(failure.getSQLState())
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
