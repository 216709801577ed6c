package fi.signspace.plugin.worker;

import fi.signspace.plugin.ActingHandleProperties;
import fi.signspace.plugin.RequestProperties;
import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.encryption.SealKeys;
import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.environment.NodeAddress;
import fi.signspace.plugin.evidence.EvidenceSecret;
import fi.signspace.plugin.evidence.EvidenceSigner;
import fi.signspace.plugin.signing.ActingHandles;
import fi.signspace.plugin.signing.GrowingWait;
import fi.signspace.plugin.signing.RequestValidator;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.StatusRules;
import fi.signspace.plugin.signing.ValidationRules;
import fi.signspace.plugin.worker.TopicWorker.Pace;
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

/** Puts the workers together. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "signspace.worker.enabled", matchIfMissing = true)
class WorkerConfiguration {

  private static final int REPORT_THREADS = 8;
  private static final int CHECK_THREADS = 4;

  @Bean
  WorkTimes workTimes(SignSpace signSpace, WorkerProperties properties) {
    return WorkTimes.of(
        signSpace, properties.lockDuration(), properties.longPolling(), properties.settleTime());
  }

  @Bean
  CheckSchedule checkSchedule(
      StatusCheckProperties checks, SweepProperties sweep, RandomGenerator random, Clock clock) {
    return new CheckSchedule(checks.waits(sweep.enabled()), checks.doubtfulWait(), random, clock);
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
  CreationHistory creationHistory(TaskClientFactory factory) {
    return new CreationHistory(factory.engine());
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
      WorkTimes times,
      CreationHistory history,
      SealHealth health) {
    SealedSince since = engine.getIfAvailable(() -> () -> Optional.ofNullable(configured));
    return new SealedStates(
        seal, signSpace, new Adoption(signSpace, since, times), history, health);
  }

  /** Whoever can seal can sign evidence, with a key of its own. */
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
  RequestActions requestActions(SignSpace signSpace, SealedStates states, WorkTimes times) {
    return new RequestActions(signSpace, states, times);
  }

  @Bean
  LockRenewal lockRenewal(WorkTimes times) {
    return new LockRenewal(times.lockForOneCall());
  }

  @Bean
  LargeDocuments largeDocuments(WorkerProperties properties) {
    return new LargeDocuments(properties.largeDocuments());
  }

  @Bean
  UploadDocumentWorker uploadDocumentWorker(
      SignSpace signSpace,
      SealedStates states,
      RequestInput input,
      RequestActions actions,
      LockRenewal lock,
      LargeDocuments large) {
    return new UploadDocumentWorker(signSpace, states, input, actions, lock, large);
  }

  @Bean
  CreateSigningRequestWorker createSigningRequestWorker(
      SignSpace signSpace,
      SealedStates states,
      CreationHistory history,
      RequestInput input,
      CheckSchedule schedule,
      WorkTimes times,
      Clock clock,
      MeterRegistry meters) {
    OnceOnlyCreation creation =
        new OnceOnlyCreation(signSpace, states, history, times, clock, meters);
    return new CreateSigningRequestWorker(states, input, creation, schedule);
  }

  @Bean
  DownloadDocumentWorker downloadDocumentWorker(
      SignSpace signSpace,
      SealedStates states,
      RequestActions actions,
      CheckStatusWorker checks,
      EvidenceWriter evidence,
      LockRenewal lock,
      LargeDocuments large) {
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
      SignSpace signSpace, SealedStates states, RequestActions actions, CheckSchedule schedule) {
    return new ReplaceDocumentsWorker(signSpace, states, actions, schedule);
  }

  @Bean
  CheckStatusWorker checkStatusWorker(
      SealedStates states, StatusCheckProperties checks, CheckSchedule schedule, Clock clock) {
    return new CheckStatusWorker(
        states,
        new StatusRules(clock, checks.doubtfulChecks(), checks.unknownStatusAfter()),
        schedule);
  }

  @Bean
  SweepStatusesWorker sweepStatusesWorker(
      SignSpace signSpace, TaskClientFactory factory, WorkTimes times, MeterRegistry meters) {
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
    GrowingWait waits =
        new GrowingWait(retry.firstWait(), retry.growth(), retry.longestWait(), retry.jitter());
    return new TaskRunner(
        new RetryLimit(signSpace, clock, retry.maxFailingTime(), retry.maxDoubtfulAttempts()),
        new Reporter(new RetryPolicy(waits, random), random, wait -> Thread.sleep(wait.toMillis())),
        observations);
  }

  /** Without a collector the engine's spans would have parents that nobody knows. */
  @Bean
  @ConditionalOnProperty("management.otlp.tracing.endpoint")
  TraceHeaders traceHeaders(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
    return new TraceHeaders(
        tracer.getIfAvailable(() -> Tracer.NOOP), propagator.getIfAvailable(() -> Propagator.NOOP));
  }

  @Bean
  TaskClientFactory taskClientFactory(
      Environment environment,
      EngineProperties engine,
      ObjectProvider<TraceHeaders> traceHeaders,
      SignSpace signSpace,
      WorkerProperties properties,
      WorkTimes times,
      RandomGenerator random) {
    requireEngine(environment, engine);
    List<ClientRequestInterceptor> interceptors =
        new ArrayList<>(engine.basicAuth().interceptors());
    traceHeaders.ifAvailable(interceptors::add);
    return new TaskClientFactory(
        () -> engineUrl(environment, engine), interceptors, signSpace, properties, times, random);
  }

  @Bean("workers")
  Workers workers(
      TaskClientFactory factory,
      TaskRunner runner,
      WorkerProperties properties,
      StatusCheckProperties checks,
      SweepProperties sweep,
      CheckStatusWorker checkStatus,
      SignSpace signSpace,
      List<TopicWorker> topicWorkers,
      ObservationRegistry observations) {
    Map<Pace, Lane> lanes = new EnumMap<>(Pace.class);
    lanes.put(Pace.QUICK, new Lane("signspace-request", properties.requestThreads()));
    lanes.put(Pace.DOCUMENTS, new Lane("signspace-document", properties.documentThreads()));
    if (sweep.enabled()) {
      lanes.put(Pace.SWEEP, new Lane("signspace-sweep", 1));
    }
    StatusBatches batches =
        new StatusBatches(
            signSpace,
            checkStatus,
            runner,
            new Lane("signspace-check", CHECK_THREADS),
            new Lane("signspace-report", REPORT_THREADS),
            checks.batchSize(),
            observations);
    return new Workers(factory, runner, lanes, batches, topicWorkers);
  }

  @Bean
  RandomGenerator random() {
    return new SecureRandom();
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  private static void requireEngine(Environment environment, EngineProperties engine) {
    if (!engine.isRemote()
        && !environment.getProperty("camunda.bpm.enabled", Boolean.class, true)) {
      throw new IllegalStateException(
          "The workers have no engine. Set camunda.bpm.client.base-url (CAMUNDA_BPM_CLIENT_BASE_URL) to the"
              + " REST API of one, such as https://engine.example/engine-rest");
    }
  }

  /** The engine of this very process unless another one is named. */
  private static String engineUrl(Environment environment, EngineProperties engine) {
    return engine.isRemote()
        ? String.valueOf(engine.baseUrl())
        : new NodeAddress(environment).engineRest();
  }
}
