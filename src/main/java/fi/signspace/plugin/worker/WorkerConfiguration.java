package fi.signspace.plugin.worker;

import fi.signspace.plugin.ActingHandleProperties;
import fi.signspace.plugin.RequestProperties;
import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.encryption.SealKeys;
import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.environment.ConditionalOnWorkers;
import fi.signspace.plugin.environment.NodeAddress;
import fi.signspace.plugin.environment.UnsupportedSettingException;
import fi.signspace.plugin.evidence.EvidenceSecret;
import fi.signspace.plugin.evidence.EvidenceSigner;
import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.input.ActingHandles;
import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.input.ValidationRules;
import fi.signspace.plugin.signing.status.StatusRules;
import fi.signspace.plugin.worker.document.DownloadDocumentWorker;
import fi.signspace.plugin.worker.document.EvidenceWriter;
import fi.signspace.plugin.worker.document.UploadDocumentWorker;
import fi.signspace.plugin.worker.execution.BoundedExecutor;
import fi.signspace.plugin.worker.execution.ExternalTaskFetcherFactory;
import fi.signspace.plugin.worker.execution.LockRenewal;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.execution.OutcomeReporter;
import fi.signspace.plugin.worker.execution.RetryLimit;
import fi.signspace.plugin.worker.execution.RetryPolicy;
import fi.signspace.plugin.worker.execution.TaskRunner;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.execution.TopicWorker.WorkloadType;
import fi.signspace.plugin.worker.execution.TracePropagationInterceptor;
import fi.signspace.plugin.worker.execution.WorkerProperties;
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
import fi.signspace.plugin.worker.state.UnsettledActions;
import fi.signspace.plugin.worker.status.CheckSchedule;
import fi.signspace.plugin.worker.status.CheckStatusWorker;
import fi.signspace.plugin.worker.status.NoticeSchedule;
import fi.signspace.plugin.worker.status.ReminderProperties;
import fi.signspace.plugin.worker.status.StatusCheckBatcher;
import fi.signspace.plugin.worker.status.StatusCheckProperties;
import fi.signspace.plugin.worker.status.StatusSweeper;
import fi.signspace.plugin.worker.status.SweepProperties;
import fi.signspace.plugin.worker.status.SweepStatusesWorker;
import fi.signspace.plugin.worker.status.WaitingInstances;
import fi.signspace.plugin.worker.status.WorkingTimeProperties;
import fi.signspace.plugin.worker.task.EngineProperties;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** Wires the workers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWorkers
class WorkerConfiguration {

  private static final int REPORT_THREADS = 8;
  private static final int CHECK_THREADS = 4;

  @Bean
  LockTimings lockTimings(SignSpace signSpace, WorkerProperties properties) {
    return LockTimings.of(
        signSpace, properties.lockDuration(), properties.longPolling(), properties.settleTime());
  }

  @Bean
  CheckSchedule checkSchedule(
      StatusCheckProperties checks, SweepProperties sweep, RandomGenerator random, Clock clock) {
    return new CheckSchedule(
        checks.backoff(sweep.enabled()), checks.unconfirmedDelay(), random, clock);
  }

  @Bean
  NoticeSchedule noticeSchedule(
      ReminderProperties reminders,
      WorkingTimeProperties workingTime,
      RequestProperties requests,
      RandomGenerator random,
      Clock clock) {
    return new NoticeSchedule(reminders, workingTime, requests.timeZone(), random, clock);
  }

  @Bean
  ActingHandles actingHandles(SignSpace signSpace, ActingHandleProperties properties) {
    return properties.onWorkers(signSpace.defaultActingHandle());
  }

  @Bean
  RequestInput requestInput(
      ActingHandles actingHandles, RequestProperties properties, NinCipher nins, Clock clock) {
    return new RequestInput(
        new RequestValidator(
            new ValidationRules(
                clock,
                properties.timeZone(),
                properties.longestDocument().toBytes(),
                actingHandles)),
        nins);
  }

  @Bean
  StateFreshness stateFreshness(ExternalTaskFetcherFactory factory) {
    return new StateFreshness(factory.engine().history());
  }

  @Bean
  Replacements replacements(ExternalTaskFetcherFactory factory, StateFreshness freshness) {
    return new Replacements(factory.engine().history(), freshness);
  }

  @Bean
  ConcurrentSteps concurrentSteps(ExternalTaskFetcherFactory factory) {
    return new ConcurrentSteps(factory.engine().history());
  }

  @Bean
  SealHealth sealHealth(Clock clock) {
    return new SealHealth(clock);
  }

  @Bean
  SealedStates sealedStates(
      StateSeal seal,
      SignSpace signSpace,
      ObjectProvider<SealedSince> engine,
      @Value("${signspace.seal.since:#{null}}") @Nullable Instant configured,
      LockTimings times,
      StateFreshness freshness,
      Replacements replacements,
      SealHealth health) {
    SealedSince since = engine.getIfAvailable(() -> () -> Optional.ofNullable(configured));
    return new SealedStates(
        seal, signSpace, new Adoption(signSpace, since, times), freshness, replacements, health);
  }

  /** Derives the key that signs evidence from the same secrets as the keys of the seals. */
  @Bean
  EvidenceSecret evidenceSecret(SealKeys keys) {
    return new EvidenceSecret() {

      @Override
      public byte[] secretFor(String purpose) {
        return keys.secretFor(purpose);
      }

      @Override
      public List<byte[]> formerSecretsFor(String purpose) {
        return keys.formerSecretsFor(purpose);
      }
    };
  }

  @Bean
  EvidenceWriter evidenceWriter(EvidenceSigner signer, Clock clock) {
    return new EvidenceWriter(signer, clock);
  }

  @Bean
  UnsettledActions unsettledActions(
      ExternalTaskFetcherFactory factory,
      Replacements replacements,
      LockTimings times,
      Clock clock) {
    return new UnsettledActions(
        factory.engine().history(), replacements, times, clock, System::nanoTime);
  }

  @Bean
  RequestActions requestActions(
      SignSpace signSpace, SealedStates states, UnsettledActions unsettled, LockTimings times) {
    return new RequestActions(signSpace, states, unsettled, times);
  }

  @Bean
  LockRenewal lockRenewal(LockTimings times) {
    return new LockRenewal(times.lockForOneCall());
  }

  @Bean
  LargeDocumentLimiter largeDocumentLimiter(WorkerProperties properties) {
    return new LargeDocumentLimiter(properties.largeDocuments());
  }

  @Bean
  UploadDocumentWorker uploadDocumentWorker(
      SignSpace signSpace,
      SealedStates states,
      ConcurrentSteps concurrent,
      RequestInput input,
      RequestActions actions,
      LockRenewal lock,
      LargeDocumentLimiter large) {
    return new UploadDocumentWorker(signSpace, states, concurrent, input, actions, lock, large);
  }

  @Bean
  CreateSigningRequestWorker createSigningRequestWorker(
      SignSpace signSpace,
      SealedStates states,
      RequestActions actions,
      StateFreshness freshness,
      ConcurrentSteps concurrent,
      RequestInput input,
      CheckSchedule schedule,
      NoticeSchedule notices,
      RequestsSinceBackup sinceBackup,
      LockTimings times,
      Clock clock,
      MeterRegistry meters) {
    ExactlyOnceCreation creation =
        new ExactlyOnceCreation(
            signSpace,
            states,
            actions,
            freshness,
            concurrent,
            sinceBackup,
            times,
            clock,
            System::nanoTime,
            meters);
    return new CreateSigningRequestWorker(states, input, creation, schedule, notices);
  }

  @Bean
  RequestsSinceBackup requestsSinceBackup(
      SignSpace signSpace,
      ExternalTaskFetcherFactory factory,
      RestoreProperties restore,
      LockTimings times) {
    return new RequestsSinceBackup(signSpace, factory.engine().history(), restore, times);
  }

  @Bean
  DownloadDocumentWorker downloadDocumentWorker(
      SignSpace signSpace,
      SealedStates states,
      RequestActions actions,
      CheckStatusWorker checks,
      EvidenceWriter evidence,
      LockRenewal lock,
      LargeDocumentLimiter large) {
    return new DownloadDocumentWorker(signSpace, states, actions, checks, evidence, lock, large);
  }

  @Bean
  CancelSigningRequestWorker cancelSigningRequestWorker(
      SignSpace signSpace, RequestActions actions) {
    return new CancelSigningRequestWorker(signSpace, actions);
  }

  @Bean
  ReopenSigningRequestWorker reopenSigningRequestWorker(
      SignSpace signSpace, RequestActions actions) {
    return new ReopenSigningRequestWorker(signSpace, actions);
  }

  @Bean
  ReplaceDocumentsWorker replaceDocumentsWorker(
      SignSpace signSpace,
      SealedStates states,
      Replacements replacements,
      RequestActions actions,
      UnsettledActions unsettled,
      CheckSchedule schedule) {
    return new ReplaceDocumentsWorker(
        signSpace, states, replacements, actions, unsettled, schedule);
  }

  @Bean
  CheckStatusWorker checkStatusWorker(
      SignSpace signSpace,
      SealedStates states,
      StatusCheckProperties checks,
      CheckSchedule schedule,
      NoticeSchedule notices,
      RequestsSinceBackup sinceBackup,
      UnsettledActions unsettled,
      Clock clock) {
    return new CheckStatusWorker(
        signSpace,
        states,
        new StatusRules(clock, checks.doubtfulChecks(), checks.unknownStatusAfter()),
        schedule,
        notices,
        sinceBackup,
        unsettled);
  }

  @Bean
  SweepStatusesWorker sweepStatusesWorker(
      SignSpace signSpace,
      ExternalTaskFetcherFactory factory,
      LockTimings times,
      MeterRegistry meters) {
    return new SweepStatusesWorker(
        new StatusSweeper(signSpace, new WaitingInstances(factory.engine()), times), meters);
  }

  @Bean
  TaskRunner taskRunner(
      SignSpace signSpace,
      WorkerProperties properties,
      RandomGenerator random,
      Clock clock,
      ObservationRegistry observations) {
    WorkerProperties.Retry retry = properties.retry();
    Backoff backoff =
        new Backoff(retry.firstWait(), retry.growth(), retry.longestWait(), retry.jitter());
    return new TaskRunner(
        new RetryLimit(signSpace, clock, retry.maxFailingTime(), retry.maxDoubtfulAttempts()),
        new OutcomeReporter(
            new RetryPolicy(backoff, random), random, wait -> Thread.sleep(wait.toMillis())),
        observations);
  }

  /**
   * Only with a collector: otherwise the engine's spans would refer to parents that are never
   * exported.
   */
  @Bean
  @ConditionalOnProperty("management.otlp.tracing.endpoint")
  TracePropagationInterceptor tracePropagation(
      ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
    return new TracePropagationInterceptor(
        tracer.getIfAvailable(() -> Tracer.NOOP), propagator.getIfAvailable(() -> Propagator.NOOP));
  }

  @Bean
  ExternalTaskFetcherFactory externalTaskFetcherFactory(
      Environment environment,
      EngineProperties engine,
      ObjectProvider<TracePropagationInterceptor> tracePropagation,
      SignSpace signSpace,
      WorkerProperties properties,
      LockTimings times,
      Clock clock,
      RandomGenerator random) {
    requireEngine(environment, engine);
    List<ClientRequestInterceptor> interceptors =
        new ArrayList<>(engine.basicAuth().interceptors());
    tracePropagation.ifAvailable(interceptors::add);
    return new ExternalTaskFetcherFactory(
        SingletonSupplier.of(() -> engineUrl(environment, engine)),
        interceptors,
        signSpace,
        properties,
        times,
        clock,
        random);
  }

  @Bean("workers")
  WorkerLifecycle workers(
      ExternalTaskFetcherFactory factory,
      TaskRunner runner,
      WorkerProperties properties,
      StatusCheckProperties checks,
      SweepProperties sweep,
      CheckStatusWorker checkStatus,
      SignSpace signSpace,
      List<TopicWorker> topicWorkers,
      ObservationRegistry observations) {
    Map<WorkloadType, BoundedExecutor> executors = new EnumMap<>(WorkloadType.class);
    executors.put(
        WorkloadType.QUICK, new BoundedExecutor("signspace-request", properties.requestThreads()));
    executors.put(
        WorkloadType.DOCUMENTS,
        new BoundedExecutor("signspace-document", properties.documentThreads()));
    if (sweep.enabled()) {
      executors.put(WorkloadType.SWEEP, new BoundedExecutor("signspace-sweep", 1));
    }
    StatusCheckBatcher batches =
        new StatusCheckBatcher(
            signSpace,
            checkStatus,
            runner,
            new BoundedExecutor("signspace-check", CHECK_THREADS),
            new BoundedExecutor("signspace-report", REPORT_THREADS),
            checks.batchSize(),
            observations);
    return new WorkerLifecycle(factory, runner, executors, batches, topicWorkers);
  }

  @Bean
  RandomGenerator random() {
    return new SecureRandom();
  }

  private static void requireEngine(Environment environment, EngineProperties engine) {
    if (!engine.isRemote()
        && !environment.getProperty("camunda.bpm.enabled", Boolean.class, true)) {
      throw new UnsupportedSettingException(
          "The workers have no engine: camunda.bpm.client.base-url (CAMUNDA_BPM_CLIENT_BASE_URL) is not set",
          "Set it to the REST API of one, such as https://engine.example/engine-rest.");
    }
  }

  /** The configured engine, or by default the one embedded in this process. */
  private static String engineUrl(Environment environment, EngineProperties engine) {
    return engine.isRemote()
        ? String.valueOf(engine.baseUrl())
        : new NodeAddress(environment).engineRest();
  }
}
