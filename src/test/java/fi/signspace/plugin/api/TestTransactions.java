package fi.signspace.plugin.api;

import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of an engine, for tests in other packages. */
public final class TestTransactions {

  public static EngineTransactions of(
      ProcessEngine engine, PlatformTransactionManager transactions) {
    return new EngineTransactions(
        new TransactionTemplate(transactions), engine.getIdentityService());
  }

  private TestTransactions() {}
}
