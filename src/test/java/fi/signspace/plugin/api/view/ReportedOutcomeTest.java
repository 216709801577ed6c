package fi.signspace.plugin.api.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.webhook.ReportedStatus.Reported;
import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.evidence.Coverage;
import fi.signspace.plugin.evidence.Evidence;
import fi.signspace.plugin.evidence.EvidenceKeys;
import fi.signspace.plugin.evidence.Samples;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.SentRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** How the API reports instances whose variables claim more than is proven. */
class ReportedOutcomeTest {

  private static final EvidenceKeys KEYS = Samples.keys("a secret");
  private static final Creation CREATION =
      new Creation(
          "2026-03-01T12:00:00Z",
          "",
          "Lease",
          "robot@example.com",
          null,
          List.of(new SigningState.Participant("anna@example.com", "signer", "Anna", null, null)),
          null);

  private static final String CREATE = SigningProcess.CREATION;
  private static final String CHECK = "serviceTask_checkStatusNow";
  private static final String REOPEN = "serviceTask_reopenSigningRequest";

  /** A task that an analyst has added. */
  private static final String INFORM = "userTask_inform";

  private static final byte[] LEASE = "%PDF lease, signed".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ANNEX = "%PDF annex, signed".getBytes(StandardCharsets.UTF_8);

  private static final List<Evidence.SignedDocument> COVERED =
      List.of(
          Samples.document("signedDocument1", "lease.pdf", LEASE),
          Samples.document("signedDocument2", "annex.pdf", ANNEX));

  private static ProcessEngine engine;

  private final HistoryService history = spy(engine.getHistoryService());
  private Optional<Instant> sealedSince = Optional.empty();
  private RequestQueries queries;

  @BeforeAll
  static void startEngine() {
    engine =
        new StandaloneInMemProcessEngineConfiguration()
            .setProcessEngineName("outcomes")
            .setJdbcUrl("jdbc:h2:mem:outcomes;DB_CLOSE_DELAY=-1")
            .setJobExecutorActivate(false)
            .buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance("signing-request.bpmn", model())
        .deploy();
  }

  /** One step of each kind, in any order that a test needs. */
  private static BpmnModelInstance model() {
    var choice =
        Bpmn.createExecutableProcess(SigningProcess.KEY)
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .exclusiveGateway()
            .condition("person", "${true}")
            .userTask("userTask_manageSigning")
            .endEvent("endEvent_signed");
    choice = choice.moveToLastGateway().condition(INFORM, "${false}").userTask(INFORM).endEvent();
    for (String step : List.of(CREATE, CHECK, REOPEN, SigningProcess.DOWNLOAD)) {
      choice =
          choice
              .moveToLastGateway()
              .condition(step, "${false}")
              .serviceTask(step)
              .camundaExternalTask(step)
              .endEvent();
    }
    return choice.done();
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void atAnAddress() {
    RequestContextHolder.setRequestAttributes(
        new ServletRequestAttributes(new MockHttpServletRequest()));
    queries = queries(KEYS);
  }

  @AfterEach
  void atNone() {
    RequestContextHolder.resetRequestAttributes();
  }

  @Test
  void a_request_covered_by_evidence_is_signed() throws IOException {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));

    end(id, "signed");

    SigningRequestView view = queries.get(id);
    assertThat(view.status()).isEqualTo(Status.SIGNED);
    assertThat(view.problem()).isNull();
    assertThat(view.signedDocuments()).hasSize(2);
    assertThat(view.evidence().href()).isEqualTo("/api/signing-requests/" + id + "/evidence");
    assertThat(queries.signedDocument(id, 2).getValue().readAllBytes()).isEqualTo(ANNEX);
    assertThat(queries.evidence(id).getFilename()).isEqualTo("lease-evidence.jws");
    assertThat(queries.reported(id)).map(Reported::status).contains("signed");
  }

  @Test
  void a_claim_alone_is_not_reported_and_its_documents_are_not_served() {
    String id = startWithDocuments();

    set(id, "signaturesCompleted", 1);

    end(id, "signed");

    assertUnproven(id, "it has no evidence");
    assertThat(queries.get(id).signaturesCompleted()).isNull();
    assertThatThrownBy(() -> queries.evidence(id)).isInstanceOf(ProblemException.class);
  }

  @Test
  void evidence_without_a_completed_download_at_its_time_proves_nothing() {
    String never = start();
    String interrupted = start();
    interrupt(interrupted, SigningProcess.DOWNLOAD);
    for (String id : List.of(never, interrupted)) {
      set(id, "signingEvidence", evidence(id));

      end(id, "signed");

      assertUnproven(id, "no worker downloaded its documents");
    }
  }

  @Test
  void evidence_of_a_key_that_was_retired_before_the_start_proves_nothing() {
    Instant retired = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    queries = queries(Samples.retired("a secret", retired));
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id, retired.minusSeconds(1), KEYS));

    end(id, "signed");

    assertUnproven(id, "was retired before the request was started");
  }

  /** Falsifies one thing about an instance with valid evidence. */
  private interface Forgery {
    void of(String id);
  }

  static Stream<Named<Forgery>> forgeries() {
    return Stream.of(
        Named.of("another document", id -> set(id, "signedDocument1", file("lease.pdf", ANNEX))),
        Named.of(
            "two exchanged",
            id -> {
              set(id, "signedDocument1", file("lease.pdf", ANNEX));
              set(id, "signedDocument2", file("annex.pdf", LEASE));
            }),
        Named.of("another's name", id -> set(id, "signedDocument1", file("annex.pdf", LEASE))),
        Named.of("an empty file", id -> set(id, "signedDocument1", file("lease.pdf", new byte[0]))),
        Named.of("one too many", id -> set(id, "signedDocument7", file("more.pdf", LEASE))),
        Named.of(
            "one missing", id -> engine.getRuntimeService().removeVariable(id, "signedDocument2")),
        Named.of("text for a file", id -> set(id, "signedDocument2", "text")),
        Named.of("text for evidence", id -> set(id, "signingEvidence", "text")),
        Named.of("empty evidence", id -> set(id, "signingEvidence", file("x.jws", new byte[0]))),
        Named.of(
            "another instance's evidence", id -> set(id, "signingEvidence", evidence("other"))),
        Named.of(
            "evidence from before the start",
            id -> set(id, "signingEvidence", evidence(id, Instant.now().minusSeconds(3600), KEYS))),
        Named.of(
            "evidence from after the end",
            id -> set(id, "signingEvidence", evidence(id, Instant.now().plusSeconds(3600), KEYS))),
        Named.of(
            "another instance's evidence by an unknown key",
            id ->
                set(
                    id,
                    "signingEvidence",
                    evidence("other", Instant.now(), Samples.keys("another")))));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void a_forgery_is_unproven(Forgery forgery) {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));
    forgery.of(id);

    end(id, "signed");

    assertUnproven(id, "evidence");
  }

  static Stream<Named<Forgery>> evidenceOfAnother() {
    return Stream.of(
        Named.of("of a former instance", id -> set(id, "signingEvidence", evidence("other"))),
        Named.of(
            "of a former instance, by an unknown key",
            id ->
                set(
                    id,
                    "signingEvidence",
                    evidence("other", Instant.now(), Samples.keys("another")))),
        Named.of("none at all", id -> set(id, "signingEvidence", file("x.jws", LEASE))));
  }

  @ParameterizedTest
  @MethodSource("evidenceOfAnother")
  void evidence_of_another_instance_is_neither_linked_nor_served(Forgery inherited) {
    String id = startWithDocuments();
    inherited.of(id);
    assertThat(queries.get(id).evidence()).isNull();

    end(id, "signed");

    assertThat(queries.get(id).evidence()).isNull();
    assertThatThrownBy(() -> queries.evidence(id)).isInstanceOf(ProblemException.class);
  }

  @Test
  void evidence_of_this_instance_is_served_although_its_documents_were_changed() {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));
    set(id, "signedDocument1", file("lease.pdf", ANNEX));

    end(id, "signed");

    assertThat(queries.get(id).status()).isEqualTo(Status.UNPROVEN);
    assertThat(queries.evidence(id)).isNotNull();
  }

  @Test
  void a_signed_request_shows_the_title_participants_and_signatures_from_the_evidence() {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));
    relabel(id);

    end(id, "signed");

    Evidence proven = Samples.evidence(id, Instant.now(), COVERED);
    SigningRequestView view = queries.get(id);
    assertThat(view.title()).isEqualTo(proven.request().title());
    assertThat(view.signingRequestId()).isEqualTo(proven.request().id());
    assertThat(view.participants())
        .extracting(SigningRequestView.Participant::handle)
        .containsExactly("anna@example.com", "ben@example.com");
    assertThat(view.signaturesCompleted()).isEqualTo(proven.signatures().completed());
    assertThat(view.signatures()).isEqualTo(ProvenRequest.of(proven).signatures().given());
  }

  @Test
  void a_signed_request_shows_which_decision_came_too_late() {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));
    set(id, "problem", "The documents were not replaced.");

    end(id, "signed");

    assertThat(queries.get(id).status()).isEqualTo(Status.SIGNED);
    assertThat(queries.get(id).problem()).isEqualTo("The documents were not replaced.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_sent_request_shows_the_title_and_participants_from_the_sealed_state(boolean ends) {
    String id = startWithDocuments();
    set(id, "signingState", sealed(withRequest(id, "cancelled")));
    relabel(id);

    if (ends) {
      end(id, "cancelled");
    }

    SigningRequestView view = queries.get(id);
    assertThat(view.title()).isEqualTo("Lease");
    assertThat(view.signingRequestId()).isEqualTo("request-1");
    assertThat(view.participants())
        .containsExactly(
            new SigningRequestView.Participant(
                "anna@example.com", "signer", "Anna", null, "unknown", null));
  }

  @Test
  void an_unsent_request_shows_the_title_from_its_variables() {
    String unsent = startWithDocuments();
    set(unsent, "signingState", sealed(started(unsent)));
    String copied = startWithDocuments();
    set(copied, "signingState", sealed(withRequest("another instance", "cancelled")));
    relabel(unsent);
    relabel(copied);

    assertThat(List.of(unsent, copied))
        .allSatisfy(
            id -> {
              assertThat(queries.get(id).title()).isEqualTo("Relabelled");
              assertThat(queries.get(id).participants()).isNull();
            });
  }

  @Test
  void an_ended_request_with_an_unreadable_state_shows_no_title() {
    String id = startWithDocuments();
    set(id, "signingState", TestSeals.with("another").seal(withRequest(id, "cancelled")));
    relabel(id);
    assertThat(queries.get(id).title()).isEqualTo("Relabelled");

    end(id, "cancelled");

    assertThat(queries.get(id).title()).isNull();
    assertThat(queries.get(id).signatures()).isNull();
  }

  private static void relabel(String id) {
    set(id, "title", "Relabelled");
    set(id, "participants", "Relabelled");
    set(id, "signingRequestId", "relabelled");
    set(id, "signaturesCompleted", 77);
  }

  @ParameterizedTest
  @ValueSource(strings = {"signed", "cancelled", "abandoned"})
  void a_deleted_instance_is_reported_as_removed_in_the_list_and_by_id(String claimed) {
    String id = startWithDocuments();
    set(id, "signingOutcome", claimed);

    engine.getRuntimeService().deleteProcessInstance(id, "by an admin");

    assertThat(queries.get(id).status()).isEqualTo(Status.REMOVED);
    assertThat(found(claimed)).doesNotContain(id);
    assertThat(found("removed")).contains(id);
  }

  private List<String> found(String status) {
    return queries
        .page(PageRequest.parse(status, null, null, "-endedAt", 0, 100))
        .signingRequests()
        .stream()
        .map(SigningRequestView::id)
        .toList();
  }

  @Test
  void a_local_variable_of_a_task_is_not_a_signed_document() {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));
    engine.getTaskService().setVariableLocal(task(id), "signedDocument9", file("x.pdf", LEASE));
    engine.getTaskService().setVariableLocal(task(id), "signedDocument1", file("y.pdf", ANNEX));

    end(id, "signed");

    assertThat(queries.get(id).status()).isEqualTo(Status.SIGNED);
    assertThat(queries.get(id).signedDocuments())
        .extracting(SigningRequestView.SignedDocument::fileName)
        .containsExactly("lease.pdf", "annex.pdf");
  }

  @Test
  void a_missing_key_is_reported_as_unverifiable() {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id, Instant.now(), Samples.keys("another")));
    set(id, "signaturesCompleted", 1);

    end(id, "signed");

    SigningRequestView view = queries.get(id);
    assertThat(view.status()).isEqualTo(Status.UNVERIFIABLE);
    assertThat(view.problem()).contains("signspace.evidence.public-keys");
    assertThat(view.signedDocuments()).isEmpty();
    assertThat(view.signaturesCompleted()).isNull();
    assertThat(view.title()).isNull();
    assertThat(queries.evidence(id)).isNotNull();
    assertThat(queries(Samples.keys("another")).get(id).status()).isEqualTo(Status.SIGNED);
  }

  @Test
  void a_request_that_ended_before_evidence_existed_is_signed_without_it() {
    String id = startWithDocuments();
    end(id, "signed");

    sealedSince = Optional.of(Instant.now().plusSeconds(60));

    assertThat(queries.get(id).status()).isEqualTo(Status.SIGNED);
    assertThat(queries.get(id).evidence()).isNull();
    assertThat(queries.get(id).signedDocuments()).hasSize(2);
  }

  @Test
  void a_request_that_ended_afterwards_needs_evidence() {
    sealedSince = Optional.of(Instant.now().minusSeconds(1));
    String id = startWithDocuments();

    end(id, "signed");

    assertUnproven(id, "it has no evidence");
  }

  @Test
  void an_instance_is_cancelled_if_its_last_step_has_sealed_that_state() {
    String id = startWithDocuments();

    endWith(id, CHECK, "cancelled", writer -> withRequest(id, "cancelled").withWriter(writer));

    assertThat(queries.get(id).status()).isEqualTo(Status.CANCELLED);
  }

  @Test
  void a_further_task_of_a_person_does_not_contradict_a_cancellation() {
    String id = startWithDocuments();
    begin(id, INFORM);

    endWith(id, CHECK, "cancelled", writer -> withRequest(id, "cancelled").withWriter(writer));
    end(id, "cancelled");

    assertThat(queries.get(id).status()).isEqualTo(Status.CANCELLED);
  }

  /** Actions after, or at the same time as, a check that found the request cancelled. */
  static Stream<Named<Forgery>> laterSteps() {
    return Stream.of(
        Named.of("a check", id -> complete(id, CHECK)),
        Named.of("a re-opening", id -> complete(id, REOPEN)),
        Named.of("an interrupted re-opening", id -> interrupt(id, REOPEN)),
        Named.of("a creation", id -> complete(id, CREATE)),
        Named.of("a task of a person", id -> {}));
  }

  @ParameterizedTest
  @MethodSource("laterSteps")
  void a_possibly_outdated_state_does_not_prove_a_cancellation(Forgery later) {
    String id = startWithDocuments();
    String check = complete(id, CHECK);
    later.of(id);
    set(id, "signingState", sealed(withRequest(id, "cancelled").withWriter(check)));

    end(id, "cancelled");

    assertUnproven(id, "no worker has recorded it");
  }

  /** Creations after which another request may be open. */
  static Stream<Named<Forgery>> furtherCreations() {
    return Stream.of(
        Named.of("completed", id -> complete(id, CREATE)),
        Named.of("interrupted", id -> interrupt(id, CREATE)));
  }

  @ParameterizedTest
  @MethodSource("furtherCreations")
  void a_state_from_before_a_further_creation_does_not_prove_a_cancellation(Forgery further) {
    String id = startWithDocuments();
    complete(id, CREATE);
    further.of(id);

    endWith(id, CHECK, "cancelled", writer -> withRequest(id, "cancelled").withWriter(writer));

    assertUnproven(id, "no worker has recorded it");
  }

  @Test
  void a_cancellation_with_a_creation_in_doubt_is_not_proven() {
    String id = startWithDocuments();

    endWith(
        id,
        CHECK,
        "cancelled",
        writer -> withRequest(id, "cancelled").withCreation(CREATION).withWriter(writer));

    assertUnproven(id, "no worker has recorded it");
  }

  @Test
  void a_creation_without_effect_does_not_contradict_a_cancellation() {
    String id = startWithDocuments();
    interrupt(id, CREATE);
    complete(id, CREATE);
    String rejected = interrupt(id, CREATE);

    endWith(
        id,
        CHECK,
        "cancelled",
        writer ->
            withRequest(id, "cancelled")
                .withKnownCreations(Stream.of(rejected))
                .withWriter(writer));

    assertThat(queries.get(id).status()).isEqualTo(Status.CANCELLED);
  }

  @Test
  void a_restored_state_of_an_earlier_check_does_not_prove_a_cancellation() {
    String id = startWithDocuments();
    String former = complete(id, CHECK);

    endWith(id, CHECK, "cancelled", writer -> withRequest(id, "cancelled").withWriter(former));

    assertUnproven(id, "no worker has recorded it");
  }

  @Test
  void a_state_without_its_step_does_not_prove_a_cancellation() {
    String id = startWithDocuments();

    endWith(id, CHECK, "cancelled", writer -> withRequest(id, "cancelled"));

    assertUnproven(id, "no worker has recorded it");
  }

  static Stream<Function<String, @Nullable SigningState>> statesWithoutCancellation() {
    return Stream.of(
        id -> null,
        ReportedOutcomeTest::started,
        id -> withRequest(id, "awaiting"),
        id -> withRequest(id, "signed"),
        id -> withRequest("another instance", "cancelled"));
  }

  @ParameterizedTest
  @MethodSource("statesWithoutCancellation")
  void a_variable_does_not_prove_a_cancellation(Function<String, @Nullable SigningState> state) {
    String id = startWithDocuments();
    SigningState given = state.apply(id);
    if (given != null) {
      set(id, "signingState", sealed(given));
    }

    end(id, "cancelled");

    assertUnproven(id, "no worker has recorded it");
  }

  @Test
  void an_instance_is_abandoned_if_no_request_was_started() {
    String withoutState = startWithDocuments();
    String withoutRequest = startWithDocuments();
    set(withoutRequest, "signingState", sealed(started(withoutRequest)));

    end(withoutState, "abandoned");
    end(withoutRequest, "abandoned");

    assertThat(queries.get(withoutState).status()).isEqualTo(Status.ABANDONED);
    assertThat(queries.get(withoutRequest).status()).isEqualTo(Status.ABANDONED);
  }

  @Test
  void an_instance_with_an_existing_or_unconfirmed_request_is_not_abandoned() {
    String withRequest = startWithDocuments();
    set(withRequest, "signingState", sealed(withRequest(withRequest, "awaiting")));
    String inDoubt = startWithDocuments();
    set(inDoubt, "signingState", sealed(started(inDoubt).withCreation(CREATION)));
    String forged = startWithDocuments();
    set(forged, "signingState", "e30.e30.e30");

    Stream.of(withRequest, inDoubt, forged).forEach(id -> end(id, "abandoned"));

    assertThat(List.of(withRequest, inDoubt, forged))
        .allSatisfy(id -> assertUnproven(id, "no worker has recorded it"));
  }

  @Test
  void without_a_state_an_interrupted_creation_is_unconfirmed() {
    String id = startWithDocuments();
    interrupt(id, CREATE);

    end(id, "abandoned");

    assertUnproven(id, "no worker has recorded it");
  }

  @Test
  void an_interrupted_creation_is_abandoned_if_the_state_shows_that_it_had_no_effect() {
    String id = startWithDocuments();
    String creation = interrupt(id, CREATE);
    set(id, "signingState", sealed(started(id).withKnownCreations(Stream.of(creation))));

    end(id, "abandoned");

    assertThat(queries.get(id).status()).isEqualTo(Status.ABANDONED);
  }

  @Test
  void a_state_about_another_creation_proves_nothing_about_this_one() {
    String id = startWithDocuments();
    String first = interrupt(id, CREATE);
    interrupt(id, CREATE);
    set(id, "signingState", sealed(started(id).withKnownCreations(Stream.of(first))));

    end(id, "abandoned");

    assertUnproven(id, "no worker has recorded it");
  }

  @Test
  void a_creation_interrupted_before_seals_existed_needs_no_state() {
    String id = startWithDocuments();
    interrupt(id, CREATE);
    sealedSince = Optional.of(Instant.now().plusMillis(1));
    await().until(() -> Instant.now().isAfter(sealedSince.get()));

    end(id, "abandoned");

    assertThat(queries.get(id).status()).isEqualTo(Status.ABANDONED);
  }

  @Test
  void a_completed_creation_is_never_abandoned() {
    String id = startWithDocuments();
    String creation = complete(id, CREATE);
    set(id, "signingState", sealed(started(id).withWriter(creation)));

    end(id, "abandoned");

    assertUnproven(id, "no worker has recorded it");
  }

  @ParameterizedTest
  @ValueSource(strings = {CREATE, REOPEN, CHECK})
  void evidence_is_outdated_if_a_worker_continued_after_it(String later) {
    ClockUtil.offset(Duration.ofSeconds(-11).toMillis());
    String id;
    try {
      id = startWithDocuments();
      set(id, "signingEvidence", evidence(id));
      complete(id, SigningProcess.DOWNLOAD);
    } finally {
      ClockUtil.reset();
    }
    complete(id, later);

    end(id, "signed");

    assertUnproven(id, "continued after its evidence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "awaiting"})
  void evidence_is_outdated_if_a_later_check_found_another_status(String phase) {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));
    complete(id, SigningProcess.DOWNLOAD);
    set(id, "signingState", sealed(withRequest(id, phase)));

    end(id, "signed");

    assertUnproven(id, "continued after its evidence");
  }

  @Test
  void the_clocks_of_engine_nodes_may_be_seconds_apart() {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));
    complete(id, SigningProcess.DOWNLOAD);
    complete(id, CHECK);

    end(id, "signed");

    assertThat(queries.get(id).status()).isEqualTo(Status.SIGNED);
  }

  @Test
  void a_download_after_the_evidence_changes_nothing() {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id, Instant.now().minus(Coverage.CLOCK_TOLERANCE), KEYS));
    complete(id, SigningProcess.DOWNLOAD);

    end(id, "signed");

    assertThat(queries.get(id).status()).isEqualTo(Status.SIGNED);
  }

  @Test
  void an_outcome_with_a_missing_key_is_unverifiable() {
    String id = startWithDocuments();
    set(id, "signingState", TestSeals.with("another").seal(withRequest(id, "cancelled")));

    end(id, "cancelled");

    assertThat(queries.get(id).status()).isEqualTo(Status.UNVERIFIABLE);
    assertThat(queries.get(id).problem()).contains("signspace.seal.secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "abandoned"})
  void a_request_that_ended_before_seals_existed_is_reported_as_claimed(String outcome) {
    String id = startWithDocuments();
    end(id, outcome);

    sealedSince = Optional.of(Instant.now().plusSeconds(60));

    assertThat(queries.get(id).status().text()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unverifiable", "awaiting", "SIGNED", "nonsense", ""})
  void an_unknown_outcome_is_not_reported(String claimed) {
    String id = startWithDocuments();

    end(id, claimed);

    assertThat(queries.get(id).status()).isEqualTo(Status.REMOVED);
    assertThat(queries.get(id).signedDocuments()).isEmpty();
  }

  @Test
  void a_running_request_has_no_signed_documents() {
    String id = startWithDocuments();
    set(id, "signingOutcome", "signed");

    SigningRequestView view = queries.get(id);

    assertThat(view.status()).isEqualTo(Status.AWAITING);
    assertThat(view.signedDocuments()).isEmpty();
    assertThatThrownBy(() -> queries.signedDocument(id, 1)).isInstanceOf(ProblemException.class);
  }

  @Test
  void a_page_verifies_its_rows_and_caches_the_results() {
    String id = startWithDocuments();
    set(id, "signingEvidence", evidence(id));
    end(id, "signed");
    PageRequest page = PageRequest.parse("signed", null, null, "-endedAt", 0, 1);

    SigningRequestPage first = queries.page(page);
    verify(history, times(5)).createHistoricVariableInstanceQuery();
    clearInvocations(history);
    SigningRequestPage second = queries.page(page);

    assertThat(first.signingRequests().get(0).status()).isEqualTo(Status.SIGNED);
    assertThat(second).isEqualTo(first);
    verify(history, times(2)).createHistoricVariableInstanceQuery();
  }

  private void assertUnproven(String id, String why) {
    SigningRequestView view = queries.get(id);
    assertThat(view.status()).isEqualTo(Status.UNPROVEN);
    assertThat(view.problem()).contains(why);
    assertThat(view.signedDocuments()).isEmpty();
    assertThat(queries.reported(id)).map(Reported::status).contains("unproven");
    assertThatThrownBy(() -> queries.signedDocument(id, 1)).isInstanceOf(ProblemException.class);
  }

  private RequestQueries queries(EvidenceKeys keys) {
    return TestQueries.requests(engine, history, keys, () -> sealedSince);
  }

  private static SigningState started(String instance) {
    return SigningState.initial(new Binding(instance, "sandbox", "", null, "key"));
  }

  private static SigningState withRequest(String instance, String phase) {
    SentRequest request =
        new SentRequest("request-1", CREATION, null, List.of(), CREATION.startedAt(), List.of());
    LastCheck check =
        new LastCheck(phase, phase, CREATION.startedAt(), null, 0, 0, null, false, null);
    return started(instance).withRequest(request, check);
  }

  private static String sealed(SigningState state) {
    return TestSeals.SEAL.seal(state);
  }

  /** With signed documents that a worker has downloaded. */
  private static String startWithDocuments() {
    String id = start();
    complete(id, SigningProcess.DOWNLOAD);
    return id;
  }

  private static String start() {
    return engine
        .getRuntimeService()
        .startProcessInstanceByKey(
            SigningProcess.KEY,
            Map.of(
                "signedDocument1", file("lease.pdf", LEASE),
                "signedDocument2", file("annex.pdf", ANNEX)))
        .getId();
  }

  private static void end(String id, String outcome) {
    set(id, "signingOutcome", outcome);
    engine.getTaskService().complete(task(id));
  }

  /** Ends with a step that writes its state, as the process does. */
  private static void endWith(
      String id, String step, String outcome, Function<String, SigningState> state) {
    set(id, "signingOutcome", outcome);
    engine
        .getRuntimeService()
        .createProcessInstanceModification(id)
        .cancelAllForActivity("userTask_manageSigning")
        .startBeforeActivity(step)
        .execute();
    set(id, "signingState", sealed(state.apply(runOf(id, step))));
    completeOpen(id);
  }

  /** Runs a step concurrently with the user task; returns the id of the run. */
  private static String complete(String id, String step) {
    String run = begin(id, step);
    completeOpen(id);
    return run;
  }

  private static String interrupt(String id, String step) {
    String run = begin(id, step);
    engine
        .getRuntimeService()
        .createProcessInstanceModification(id)
        .cancelActivityInstance(run)
        .execute();
    return run;
  }

  private static String begin(String id, String step) {
    engine
        .getRuntimeService()
        .createProcessInstanceModification(id)
        .startBeforeActivity(step)
        .execute();
    return runOf(id, step);
  }

  private static String runOf(String id, String step) {
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(id)
        .activityId(step)
        .unfinished()
        .singleResult()
        .getId();
  }

  private static void completeOpen(String id) {
    ExternalTaskService steps = engine.getExternalTaskService();
    String step = steps.createExternalTaskQuery().processInstanceId(id).singleResult().getId();
    steps.lock(step, "worker", 1_000);
    steps.complete(step, "worker");
  }

  private static String task(String id) {
    return engine.getTaskService().createTaskQuery().processInstanceId(id).singleResult().getId();
  }

  private static void set(String id, String variable, Object value) {
    engine.getRuntimeService().setVariable(id, variable, value);
  }

  private static FileValue evidence(String instance) {
    return evidence(instance, Instant.now(), KEYS);
  }

  private static FileValue evidence(String instance, Instant issuedAt, EvidenceKeys keys) {
    return file(
        "lease-evidence.jws", Samples.sign(Samples.evidence(instance, issuedAt, COVERED), keys));
  }

  private static FileValue file(String name, byte[] content) {
    return Variables.fileValue(name).file(content).mimeType("application/pdf").create();
  }
}
