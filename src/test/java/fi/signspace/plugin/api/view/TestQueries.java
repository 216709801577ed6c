package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.environment.DocumentReads;
import fi.signspace.plugin.evidence.EvidenceKeys;
import fi.signspace.plugin.evidence.EvidenceVerifier;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Reads the requests of a test's engine. */
public final class TestQueries {

  private TestQueries() {}

  public static EngineTransactions transactions(ProcessEngine engine) {
    return new EngineTransactions(new TransactionTemplate(), engine.getIdentityService());
  }

  public static RequestQueries requests(
      ProcessEngine engine, HistoryService history, EvidenceKeys keys, SealedSince sealedSince) {
    SealedRequests sealed = new SealedRequests(TestSeals.SEAL, history);
    return new RequestQueries(
        new RequestSearch((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()),
        history,
        engine.getRuntimeService(),
        engine.getTaskService(),
        transactions(engine),
        new Outcome.Reader(
            new EvidenceCheck(history, new EvidenceVerifier(keys)),
            new OutcomeCheck(history, sealed, sealedSince),
            sealed,
            sealedSince),
        new DocumentReads(DataSize.ofMegabytes(1)));
  }
}
