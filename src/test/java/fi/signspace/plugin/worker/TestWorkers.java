package fi.signspace.plugin.worker;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.evidence.TestEvidence;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.StatusRules;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The workers with all that they share; SignSpace and the engine do what a test says. */
final class TestWorkers {

  static final int DOUBTFUL_CHECKS = 2;
  static final Duration UNKNOWN_STATUS_AFTER = Duration.ofHours(6);

  final SettableClock clock = new SettableClock();
  final SignSpace signSpace = mock();

  /** What the engine has recorded, for the comparison with the state. */
  final EngineApi engine = mock();

  final MeterRegistry meters = new SimpleMeterRegistry();
  final SealHealth health = new SealHealth(clock);
  final CreationHistory history = new CreationHistory(engine);
  final SealedStates states;
  final RequestActions actions;
  final CheckStatusWorker checks;
  final OnceOnlyCreation creation;
  private final RequestInput input = Inputs.reading(clock);

  TestWorkers() {
    this(TestSeals.SEAL, null);
  }

  /**
   * @param sealedSince null if that is not known
   */
  TestWorkers(StateSeal seal, @Nullable Instant sealedSince) {
    when(engine.activityRuns(GivenTask.INSTANCE, GivenTask.ACTIVITY))
        .thenReturn(List.of(GivenTask.OWN_RUN));
    when(signSpace.apiUrl()).thenReturn(TestStates.API_URL);
    when(signSpace.defaultActingHandle()).thenReturn("robot@example.com");
    Adoption adoption =
        new Adoption(signSpace, () -> Optional.ofNullable(sealedSince), GivenTask.TIMES);
    states = new SealedStates(seal, signSpace, adoption, history, health);
    actions = new RequestActions(signSpace, states, GivenTask.TIMES);
    StatusRules rules = new StatusRules(clock, DOUBTFUL_CHECKS, UNKNOWN_STATUS_AFTER);
    checks = new CheckStatusWorker(states, rules, schedule());
    creation = new OnceOnlyCreation(signSpace, states, history, GivenTask.TIMES, clock, meters);
  }

  private CheckSchedule schedule() {
    return Schedules.checks(clock);
  }

  TopicWorker upload() {
    return new UploadDocumentWorker(
        signSpace, states, input, actions, GivenTask.RENEWAL, new LargeDocuments(1));
  }

  TopicWorker create() {
    return new CreateSigningRequestWorker(states, input, creation, schedule());
  }

  TopicWorker download() {
    return new DownloadDocumentWorker(
        signSpace,
        states,
        actions,
        checks,
        new EvidenceWriter(TestEvidence.SIGNER, clock),
        GivenTask.RENEWAL,
        new LargeDocuments(1));
  }

  TopicWorker replace() {
    return new ReplaceDocumentsWorker(signSpace, states, actions, schedule());
  }

  TopicWorker cancel() {
    return new CancelSigningRequestWorker(signSpace, actions);
  }

  TopicWorker reopen() {
    return new ReopenSigningRequestWorker(signSpace, actions);
  }
}
