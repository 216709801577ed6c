package fi.signspace.plugin.engine.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Gives up a connection that stays useless although it is open: to a server that has become
 * read-only, after a fail-over for instance, or to an H2 that has closed its file after a failed
 * write. The next connection is made only where the engine can write, and opens the file again.
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
