package fi.signspace.plugin.worker;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.evidence.TestEvidence;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.status.StatusRules;
import fi.signspace.plugin.testkit.SettableClock;
import fi.signspace.plugin.worker.document.DownloadDocumentWorker;
import fi.signspace.plugin.worker.document.EvidenceWriter;
import fi.signspace.plugin.worker.document.UploadDocumentWorker;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.request.CancelSigningRequestWorker;
import fi.signspace.plugin.worker.request.CreateSigningRequestWorker;
import fi.signspace.plugin.worker.request.ExactlyOnceCreation;
import fi.signspace.plugin.worker.request.ReopenSigningRequestWorker;
import fi.signspace.plugin.worker.request.ReplaceDocumentsWorker;
import fi.signspace.plugin.worker.request.RequestActions;
import fi.signspace.plugin.worker.request.RequestInput;
import fi.signspace.plugin.worker.state.Adoption;
import fi.signspace.plugin.worker.state.ConcurrentSteps;
import fi.signspace.plugin.worker.state.Replacements;
import fi.signspace.plugin.worker.state.RequestsSinceBackup;
import fi.signspace.plugin.worker.state.RestoreProperties;
import fi.signspace.plugin.worker.state.SealHealth;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.state.StateFreshness;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.state.UnsettledActions;
import fi.signspace.plugin.worker.status.CheckSchedule;
import fi.signspace.plugin.worker.status.CheckStatusWorker;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.Inputs;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The workers and their collaborators, with mocks of SignSpace and the engine. */
public final class TestWorkers {

  public static final int DOUBTFUL_CHECKS = 2;
  static final Duration UNKNOWN_STATUS_AFTER = Duration.ofHours(6);

  public final SettableClock clock = new SettableClock();
  public final SignSpace signSpace = mock();

  public final EngineHistory history = mock();

  public final MeterRegistry meters = new SimpleMeterRegistry();
  public final SealHealth health = new SealHealth(clock);
  final StateFreshness freshness = new StateFreshness(history);
  final Replacements replacements = new Replacements(history, freshness);
  final ConcurrentSteps concurrent = new ConcurrentSteps(history);
  public final SealedStates states;
  private final UnsettledActions unsettled;
  final RequestActions actions;
  private Duration clockSetBy = Duration.ZERO;
  private final RequestsSinceBackup sinceBackup;
  public final CheckStatusWorker checks;
  public final ExactlyOnceCreation creation;
  private final RequestInput input = Inputs.reading(clock);

  public TestWorkers() {
    this(TestSeals.SEAL, null);
  }

  /**
   * @param sealedSince null if unknown
   */
  public TestWorkers(StateSeal seal, @Nullable Instant sealedSince) {
    when(history.activityRuns(GivenTask.INSTANCE, GivenTask.ACTIVITY))
        .thenReturn(List.of(GivenTask.OWN_RUN));
    when(signSpace.apiUrl()).thenReturn(TestStates.API_URL);
    when(signSpace.defaultActingHandle()).thenReturn("robot@example.com");
    Adoption adoption =
        new Adoption(signSpace, () -> Optional.ofNullable(sealedSince), GivenTask.TIMES);
    states = new SealedStates(seal, signSpace, adoption, freshness, replacements, health);
    unsettled = new UnsettledActions(history, replacements, GivenTask.TIMES, clock, this::nanoTime);
    actions = new RequestActions(signSpace, states, unsettled, GivenTask.TIMES);
    StatusRules rules = new StatusRules(clock, DOUBTFUL_CHECKS, UNKNOWN_STATUS_AFTER);
    sinceBackup =
        new RequestsSinceBackup(
            signSpace, history, new RestoreProperties(null, null), GivenTask.TIMES);
    checks =
        new CheckStatusWorker(
            signSpace, states, rules, schedule(), Schedules.notices(clock), sinceBackup, unsettled);
    creation =
        new ExactlyOnceCreation(
            signSpace,
            states,
            actions,
            freshness,
            concurrent,
            sinceBackup,
            GivenTask.TIMES,
            clock,
            this::nanoTime,
            meters);
  }

  /** Advances with the clock, and alone after {@link #setClock}. */
  private long nanoTime() {
    return Duration.between(Instant.EPOCH, clock.instant()).minus(clockSetBy).toNanos();
  }

  /** Sets the clock of the machine, whose monotonic clock goes on. */
  public void setClock(Duration forward) {
    clock.advance(forward);
    clockSetBy = clockSetBy.plus(forward);
  }

  private CheckSchedule schedule() {
    return Schedules.checks(clock);
  }

  public TopicWorker upload() {
    return new UploadDocumentWorker(
        signSpace,
        states,
        concurrent,
        input,
        actions,
        GivenTask.RENEWAL,
        new LargeDocumentLimiter(1));
  }

  public TopicWorker create() {
    return new CreateSigningRequestWorker(
        states, input, creation, schedule(), Schedules.notices(clock));
  }

  public TopicWorker download() {
    return new DownloadDocumentWorker(
        signSpace,
        states,
        actions,
        checks,
        new EvidenceWriter(TestEvidence.SIGNER, clock),
        GivenTask.RENEWAL,
        new LargeDocumentLimiter(1));
  }

  public TopicWorker replace() {
    return new ReplaceDocumentsWorker(
        signSpace, states, replacements, actions, unsettled, schedule());
  }

  public TopicWorker cancel() {
    return new CancelSigningRequestWorker(signSpace, actions);
  }

  public TopicWorker reopen() {
    return new ReopenSigningRequestWorker(signSpace, actions);
  }
}
