package fi.signspace.plugin.engine.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Gives up a connection to a server that has become read-only, after a fail-over for instance. The
 * next connection is made only where the engine can write.
 */
public final class ReadOnlyServer implements SQLExceptionOverride {

  private static final String READ_ONLY_TRANSACTION = "25006";

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return READ_ONLY_TRANSACTION.equals(failure.getSQLState())
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
