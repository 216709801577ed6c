package fi.signspace.plugin.api.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.spy;

import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.view.SealedRequests;
import fi.signspace.plugin.api.view.TestQueries;
import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.evidence.Samples;
import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.testkit.DrivenRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.camunda.spin.plugin.variable.SpinValues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The model that the product deploys, driven without workers. */
class TimelineTest {

  private static final String ANNA = "anna@example.com";
  private static final String REMINDERS = "reminders";

  private static ProcessEngine engine;

  private final HistoryService history = spy(engine.getHistoryService());
  private EventQueries events;

  @BeforeAll
  static void startEngine() {
    engine = DrivenRequest.engine("timeline", new SpinProcessEnginePlugin());
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void atAnAddress() {
    RequestContextHolder.setRequestAttributes(
        new ServletRequestAttributes(new MockHttpServletRequest()));
    events =
        new EventQueries(
            TestQueries.requests(engine, history, Samples.keys("a secret"), Optional::empty),
            history,
            new RecordedEvents(
                history,
                engine.getManagementService(),
                new EventSteps(engine.getRepositoryService())),
            new SealedRequests(TestSeals.SEAL, history),
            TestQueries.transactions(engine),
            Clock.systemUTC());
  }

  @AfterEach
  void atNone() {
    RequestContextHolder.resetRequestAttributes();
    engine.getIdentityService().clearAuthentication();
  }

  @Test
  void a_corrected_request_tells_who_corrected_it_and_survives_its_end() {
    DrivenRequest request = as("clara", TimelineTest::started).refuse(Topic.UPLOAD_DOCUMENT);
    as("otto", () -> request.decide("retry")).sent();
    String id = request.id();

    engine.getRuntimeService().deleteProcessInstance(id, "not needed");

    assertThat(lines(id))
        .containsExactly(
            "created clara: clara created the request",
            "decisionNeeded null: A case worker has to decide",
            "decided otto: otto corrected the request",
            "uploaded null: The documents were uploaded to SignSpace",
            "sent null: The request was sent to the participants",
            "ended null: The process was ended by an administrator or by another process");
  }

  @Test
  void a_needed_decision_says_why_at_its_time() {
    DrivenRequest request =
        started().sent().send("checkStatus").work(Topic.CHECK_STATUS, problem("It is odd."));
    request.decide("keepWaiting").found("awaiting", 0).send("checkStatus");
    request.work(
        Topic.CHECK_STATUS, problem("SignSpace does not show this signing request any more: x"));

    assertThat(lines(request.id()))
        .filteredOn(line -> line.startsWith("decisionNeeded"))
        .containsExactly(
            "decisionNeeded null: A case worker has to decide: It is odd.",
            "decisionNeeded null: A case worker has to decide: SignSpace does not show this signing request any more: x");
  }

  private static Map<String, Object> problem(String problem) {
    return Map.of(
        "signingPhase", "problem", "problem", problem, "nextCheckAt", DrivenRequest.NEXT_YEAR);
  }

  @Test
  void every_decision_is_the_one_of_its_own_time() {
    DrivenRequest request = started().sent();
    as("clara", () -> request.decide("cancelSigning"));
    request.work(Topic.CANCEL_SIGNING_REQUEST, Map.of()).found("cancelled", 0);
    as("otto", () -> request.decide("reopenSigning"));
    request.work(Topic.REOPEN_SIGNING_REQUEST, Map.of()).found("awaiting", 0);
    as("clara", () -> request.decide("replaceDocuments"));
    request.work(Topic.UPLOAD_DOCUMENT, Map.of()).work(Topic.REPLACE_DOCUMENTS, Map.of());

    List<String> lines = lines(request.id());

    assertThat(lines)
        .filteredOn(line -> line.startsWith("decided"))
        .containsExactly(
            "decided clara: clara decided to cancel the request",
            "decided otto: otto decided to re-open the request",
            "decided clara: clara decided to replace the documents");
    assertThat(lines)
        .contains(
            "cancelled null: The request was cancelled",
            "reopened null: The request was re-opened",
            "replaced null: The documents were replaced",
            "checked null: The status was checked 2 times, last at this time");
  }

  @Test
  void an_action_that_was_refused_is_no_event() {
    DrivenRequest request = started().sent().decide("cancelSigning");
    request.work(Topic.CANCEL_SIGNING_REQUEST, Map.of()).found("cancelled", 0);
    request.decide("reopenSigning").work(Topic.REOPEN_SIGNING_REQUEST, Map.of("refusal", "No."));
    request.work(Topic.CHECK_STATUS, Map.of("signingPhase", "cancelled", "refusal", ""));
    request.decide("reopenSigning").work(Topic.REOPEN_SIGNING_REQUEST, Map.of());
    request.found("awaiting", 0).decide("replaceDocuments").work(Topic.UPLOAD_DOCUMENT, Map.of());
    request.work(Topic.REPLACE_DOCUMENTS, Map.of("refusal", "Too late.")).send("checkStatus");

    request.work(Topic.CHECK_STATUS, Map.of("signingPhase", "signed", "refusal", ""));
    request.work(
        Topic.DOWNLOAD_DOCUMENT,
        Map.of("signingPhase", "awaiting", "nextCheckAt", DrivenRequest.NEXT_YEAR));

    assertThat(lines(request.id()))
        .filteredOn(line -> line.matches("(reopened|replaced|downloaded) .*"))
        .containsExactly("reopened null: The request was re-opened");
  }

  @Test
  void a_decline_is_listed_once_until_the_request_can_be_signed_again() {
    DrivenRequest request = started().sent().send("checkStatus");
    declined(request).decide("reopenSigning");
    request.work(Topic.REOPEN_SIGNING_REQUEST, Map.of("refusal", "No."));
    declined(request).decide("reopenSigning");
    request.work(Topic.REOPEN_SIGNING_REQUEST, Map.of("refusal", "")).found("awaiting", 0);

    declined(request.send("checkStatus"));

    assertThat(lines(request.id()))
        .filteredOn(line -> line.matches("(declined|reopened) .*"))
        .containsExactly(
            "declined null: A participant declined to sign",
            "reopened null: The request was re-opened",
            "declined null: A participant declined to sign");
  }

  private static DrivenRequest declined(DrivenRequest request) {
    return request.work(
        Topic.CHECK_STATUS,
        Map.of(
            "signingPhase", "problem",
            "signingStatus", "declined",
            "nextCheckAt", DrivenRequest.NEXT_YEAR));
  }

  @Test
  void a_request_that_is_sent_again_tells_who_corrected_it() {
    DrivenRequest request = started().sent();
    as("clara", () -> request.decide("sendAgain"));
    as("otto", () -> request.decide("retry"));
    request.work(Topic.UPLOAD_DOCUMENT, Map.of()).work(Topic.CANCEL_SIGNING_REQUEST, Map.of());

    request
        .found("cancelled", 0)
        .work(
            Topic.CREATE_SIGNING_REQUEST,
            Map.of("signingPhase", "awaiting", "nextCheckAt", DrivenRequest.NEXT_YEAR));

    assertThat(lines(request.id()))
        .filteredOn(line -> !line.startsWith("checked"))
        .containsExactly(
            "created null: The request was created",
            "uploaded null: The documents were uploaded to SignSpace",
            "sent null: The request was sent to the participants",
            "decided clara: clara decided to correct and send the request again",
            "decided otto: otto corrected the request",
            "uploaded null: The documents were uploaded to SignSpace",
            "sentAgain null: The request was corrected and sent again");
  }

  @Test
  void a_hold_and_its_end_are_listed_unless_they_are_decisions() {
    DrivenRequest request = started().sent();
    reports(request, "problem", "on_hold");
    reports(request, "awaiting", "in_progress");
    reports(request, "problem", "on_hold").decide("reopenSigning");
    request.work(Topic.REOPEN_SIGNING_REQUEST, Map.of());
    request.work(Topic.CHECK_STATUS, status("awaiting", "in_progress"));

    set(request.id(), "signingStatus", "on_hold");

    assertThat(lines(request.id()))
        .filteredOn(line -> line.matches("(onHold|resumed|reopened) .*"))
        .containsExactly(
            "onHold null: The request is on hold in SignSpace",
            "resumed null: The request can be signed again: it is no longer on hold in SignSpace",
            "onHold null: The request is on hold in SignSpace",
            "reopened null: The request was re-opened");
  }

  private static DrivenRequest reports(DrivenRequest request, String phase, String status) {
    return request.send("checkStatus").work(Topic.CHECK_STATUS, status(phase, status));
  }

  private static Map<String, Object> status(String phase, String status) {
    return Map.of(
        "signingPhase", phase,
        "signingStatus", status,
        "nextCheckAt", DrivenRequest.NEXT_YEAR);
  }

  @Test
  void a_request_that_is_sent_again_tells_what_was_corrected() {
    DrivenRequest request = started();
    participants(request, person(ANNA, "Anna"), person("otto@example.com", "Otto"));
    request.sent().decide("sendAgain");
    participants(request, person(ANNA, "Anna B."), person("ben@example.com", "Ben"));
    set(request.id(), "title", "Lease 2");
    set(request.id(), "signatureStrength", "strong");
    set(request.id(), "cannotSignDisabled", false);
    request.decide("retry").work(Topic.UPLOAD_DOCUMENT, Map.of());
    request.work(Topic.CANCEL_SIGNING_REQUEST, Map.of());
    request.work(Topic.CHECK_STATUS, status("cancelled", "cancelled"));

    request.work(Topic.CREATE_SIGNING_REQUEST, status("awaiting", "open"));

    assertThat(lines(request.id()))
        .filteredOn(line -> line.matches("(cancelled|sentAgain) .*"))
        .containsExactly(
            "cancelled null: The former request was cancelled in SignSpace",
            "sentAgain null: The request was corrected and sent again."
                + " Participants added: ben@example.com."
                + " Participants removed: otto@example.com."
                + " Participants changed: anna@example.com."
                + " The title was changed."
                + " Other options were changed");
  }

  private static void participants(DrivenRequest request, String... people) {
    set(
        request.id(),
        "participants",
        SpinValues.jsonValue("[" + String.join(", ", people) + "]").create());
  }

  private static String person(String handle, String name) {
    return "{\"handle\": \"%s\", \"role\": \"signer\", \"displayName\": \"%s\", \"nin\": \"a JWE\"}"
        .formatted(handle, name);
  }

  @Test
  void an_unknown_decision_is_not_quoted() {
    DrivenRequest request = started().sent();

    as("clara", () -> request.decide("<b>by.signed</b>"));

    assertThat(lines(request.id())).contains("decided clara: clara decided how to continue");
  }

  /** A variable has the signatures; the state that a worker has sealed shows which it wrote. */
  @ParameterizedTest
  @CsvSource({ANNA + ", true", "mallory@example.com, false"})
  void a_signature_is_listed_only_if_the_sealed_state_confirms_it(
      String signedBy, boolean isListed) {
    String id = started().sent().id();
    String at = "2099-03-01T12:00:00Z";
    SigningState state = state(id, null).withSignatures(new SignatureGiven(ANNA, at, null));
    set(id, "signingState", TestSeals.SEAL.seal(state));

    set(
        id,
        "signatures",
        SpinValues.jsonValue(
                "[{\"signedBy\": \"%s\", \"signedAt\": \"%s\"}]".formatted(signedBy, at))
            .create());

    assertThat(lines(id).contains("signed " + signedBy + ": " + signedBy + " signed"))
        .isEqualTo(isListed);
  }

  @ParameterizedTest
  @CsvSource({
    "2001-01-01T00:00:00Z, true",
    DrivenRequest.NEXT_YEAR + ", false",
    ", false",
    "tomorrow, false"
  })
  void a_request_is_overdue_after_its_sealed_due_date(@Nullable String dueAt, boolean isOverdue) {
    String id = started().sent().id();

    set(id, "signingState", TestSeals.SEAL.seal(state(id, dueAt)));

    assertThat(lines(id).contains("overdue null: The due date passed")).isEqualTo(isOverdue);
  }

  @Test
  void an_activity_is_the_event_that_its_model_names() {
    String deployment =
        engine
            .getRepositoryService()
            .createDeployment()
            .addModelInstance("reminding.bpmn", reminding())
            .deploy()
            .getId();
    DrivenRequest request = started().work(REMINDERS, Map.of());

    List<String> lines = lines(request.id());

    engine.getRepositoryService().deleteDeployment(deployment, true);
    assertThat(lines).contains("reminded null: A reminder was sent");
  }

  private static BpmnModelInstance reminding() {
    var model =
        Bpmn.createExecutableProcess(SigningProcess.KEY)
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .serviceTask("remind")
            .camundaExternalTask(REMINDERS)
            .userTask()
            .endEvent()
            .done();
    CamundaProperties properties = model.newInstance(CamundaProperties.class);
    CamundaProperty property = model.newInstance(CamundaProperty.class);
    property.setCamundaName(SigningProcess.EVENT_PROPERTY);
    property.setCamundaValue("reminded");
    properties.addChildElement(property);
    ServiceTask step = model.getModelElementById("remind");
    step.builder().addExtensionElement(properties);
    return model;
  }

  @Test
  void the_number_of_queries_does_not_grow_with_the_number_of_checks() {
    DrivenRequest few = started().sent();
    DrivenRequest many = started().sent();
    IntStream.range(0, 30).forEach(i -> many.send("checkStatus").found("awaiting", 0));
    few.send("checkStatus").found("awaiting", 0);

    int ofFew = queries(few.id());
    int ofMany = queries(many.id());

    assertThat(ofMany).isEqualTo(ofFew);
    assertThat(lines(many.id()))
        .hasSameSizeAs(lines(few.id()))
        .anyMatch(line -> line.contains("30 times"));
  }

  private int queries(String id) {
    clearInvocations(history);
    events.of(id, "en");
    return mockingDetails(history).getInvocations().size();
  }

  private List<String> lines(String id) {
    return events.of(id, "en").stream()
        .map(event -> "%s %s: %s".formatted(event.type().text(), event.by(), event.text()))
        .toList();
  }

  private static <T> T as(String user, Supplier<T> call) {
    engine.getIdentityService().setAuthenticatedUserId(user);
    try {
      return call.get();
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  private static DrivenRequest started() {
    return new DrivenRequest(engine);
  }

  private static void set(String id, String name, Object value) {
    engine.getRuntimeService().setVariable(id, name, value);
  }

  private static SigningState state(String instance, @Nullable String dueAt) {
    String at = "2026-03-01T12:00:00Z";
    Creation creation =
        new Creation(
            at,
            "",
            "Lease",
            "robot@example.com",
            dueAt,
            List.of(new SigningState.Participant(ANNA, "signer", "Anna", null, null)),
            null);
    return SigningState.initial(new Binding(instance, "sandbox", "", null, "key"))
        .withRequest(
            new SentRequest("request-1", creation, null, List.of(), at, List.of()),
            new LastCheck("in_progress", "awaiting", at, null, 0, 0, null, false, null));
  }
}
