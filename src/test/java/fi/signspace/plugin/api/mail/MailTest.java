package fi.signspace.plugin.api.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.api.delivery.Delivery;
import fi.signspace.plugin.api.delivery.DeliveryEnginePlugin;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.mail.NotifiedRequests.NotifiedRequest;
import fi.signspace.plugin.api.mail.NotifiedRequests.Person;
import fi.signspace.plugin.api.mail.ScriptedRelay.Moment;
import fi.signspace.plugin.api.mail.ScriptedRelay.Received;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.testkit.CleanUp;
import fi.signspace.plugin.testkit.DrivenRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The deployed models on a real engine, and a relay that is not always available. */
class MailTest {

  private static final String REQUESTER = "rita@example.com";
  private static final String ANNA = "anna@example.com";
  private static final String BO = "bo@example.com";
  private static final Duration LONG = Duration.ofSeconds(30);

  private static ProcessEngine engine;

  private final Map<String, NotifiedRequest> requests = new ConcurrentHashMap<>();
  private final MailProperties properties = properties(Map.of());
  private ScriptedRelay relay;
  private Delivery delivery;

  private static MailProperties properties(Map<String, String> further) {
    MapConfigurationPropertySource source = new MapConfigurationPropertySource();
    Map.of(
            "from", "Signing <signing@example.com>",
            "bounces", "bounces@example.com",
            "timeout", "300ms",
            "attempts", "1000",
            "first-wait", "50ms",
            "growth", "1",
            "longest-wait", "50ms",
            "jitter", "0",
            "poll", "20ms")
        .forEach((name, value) -> source.put("signspace.mail." + name, value));
    further.forEach((name, value) -> source.put("signspace.mail." + name, value));
    return new Binder(source).bind("signspace.mail", MailProperties.class).get();
  }

  @BeforeAll
  static void startEngine() {
    engine =
        DrivenRequest.engine(
            "mail",
            new DeliveryEnginePlugin(
                SigningProcess.KEY,
                List.of(new MailChannel(properties(Map.of()).events())),
                Clock.systemUTC()));
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void startRelay() throws IOException {
    relay = new ScriptedRelay();
    delivery = delivery();
  }

  @AfterEach
  void stopRelay() throws IOException {
    delivery.stop();
    relay.close();
    RuntimeService runtime = engine.getRuntimeService();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery());
  }

  private Delivery delivery() {
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(relay.port());
    MailConfiguration.limit(sender.getJavaMailProperties(), properties);
    return new Delivery(
        "mail",
        engine.getExternalTaskService(),
        new MailCourier(
            id -> Optional.ofNullable(requests.get(id)),
            properties.participantEvents(),
            new MailRenderer(ZoneOffset.UTC, null),
            new MailTransport(sender, properties.sender())),
        properties.retries(),
        Clock.systemUTC(),
        new Random(1));
  }

  private static NotifiedRequest request(String status, String... signedBy) {
    List<String> signed = List.of(signedBy);
    return new NotifiedRequest(
        "Lease",
        "case-1",
        "request-1",
        status,
        !List.of("awaiting", "needsDecision").contains(status),
        false,
        "en",
        REQUESTER,
        Instant.parse("2099-01-01T10:00:00Z"),
        2,
        signed.size(),
        List.of(
            new Person(ANNA, "Anna", true, signed.contains(ANNA), !signed.contains(ANNA)),
            new Person(BO, "Bo", true, signed.contains(BO), !signed.contains(BO))),
        signed.stream().map(Optional::of).toList(),
        List.of());
  }

  private static NotifiedRequest withRequester(String address) {
    NotifiedRequest some = request("awaiting");
    return new NotifiedRequest(
        some.title(),
        some.businessKey(),
        "request-1",
        some.status(),
        false,
        false,
        "en",
        address,
        some.dueAt(),
        2,
        0,
        some.participants(),
        List.of(),
        List.of());
  }

  /** Sent, and a mail about it waits. */
  private DrivenRequest sent() {
    DrivenRequest request = new DrivenRequest(engine).sent();
    requests.put(request.id(), request("awaiting"));
    return request;
  }

  private void cancelled(DrivenRequest request, String... signedBy) {
    requests.put(request.id(), request("needsDecision", signedBy));
    request.found("cancelled", signedBy.length);
  }

  @Test
  void each_event_is_a_mail_to_the_requester() {
    DrivenRequest request = sent();
    requests.put(request.id(), request("awaiting", ANNA, BO));
    request.send("checkStatus").found("awaiting", 2);
    delivery.start();
    await().atMost(LONG).until(() -> relay.received.size() == 3);
    request.decide("cancelSigning").work("signspace.cancelSigningRequest", Map.of());

    cancelled(request, ANNA, BO);

    await().atMost(LONG).until(() -> of(REQUESTER).size() == 4 && of(ANNA).size() == 1);
    assertThat(of(REQUESTER).stream().map(mail -> mail.header("Subject")))
        .containsExactly(
            "Sent for signing: Lease",
            "Anna has signed: Lease",
            "Bo has signed: Lease",
            "The request has been cancelled: Lease");
    assertThat(of(ANNA).stream().map(mail -> mail.header("Subject")))
        .containsExactly("The request has been cancelled: Lease");
    awaitNoMail();
    assertThat(relay.received.stream().map(mail -> mail.header("Message-ID")).distinct())
        .hasSize(6);
  }

  @Test
  void a_deputy_is_asked_to_decide_while_a_decision_is_needed() {
    DrivenRequest request = new DrivenRequest(engine);
    requests.put(request.id(), request("needsDecision"));
    offerToDeputies(request, "dora@example.com", "Dora@Example.com", "no address");

    delivery.start();

    await().atMost(LONG).until(() -> !relay.received.isEmpty());
    awaitNoMail();
    assertThat(relay.received.stream().map(Received::to)).containsExactly("dora@example.com");
    assertThat(relay.received.get(0).header("Subject"))
        .isEqualTo("A case worker is away, and you are asked to decide: Lease");
    requests.put(request.id(), request("awaiting"));
    offerToDeputies(request, "dora@example.com");
    awaitNoMail();
    assertThat(relay.received).hasSize(1);
  }

  private void offerToDeputies(DrivenRequest request, String... addresses) {
    ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getCommandExecutorTxRequired()
        .execute(
            context -> {
              new MailChannel(properties.events())
                  .storeForDeputies(
                      context.getExecutionManager().findExecutionById(request.id()),
                      Instant.now(),
                      List.of(addresses));
              return null;
            });
  }

  @ParameterizedTest
  @CsvSource({
    "declined, problem, A participant has declined to sign: Lease",
    "Rejected, problem, A participant has declined to sign: Lease",
    "on_hold, problem, A case worker has to decide: Lease",
    "cancelled, cancelled, The request has been cancelled: Lease"
  })
  void whatever_needs_a_decision_is_one_mail(String status, String phase, String subject) {
    DrivenRequest request = sent();
    delivery.start();
    await().atMost(LONG).until(() -> of(REQUESTER).size() == 1);
    requests.put(request.id(), request("needsDecision"));

    request
        .send("checkStatus")
        .work(
            "signspace.checkStatus",
            Map.of(
                "signingPhase", phase,
                "signingStatus", status,
                "nextCheckAt", DrivenRequest.NEXT_YEAR));

    await().atMost(LONG).until(() -> of(REQUESTER).size() == 2);
    awaitNoMail();
    assertThat(of(REQUESTER).stream().map(mail -> mail.header("Subject")))
        .containsExactly("Sent for signing: Lease", subject);
  }

  @Test
  void a_correction_that_a_case_worker_has_begun_is_no_mail_until_it_is_refused() {
    DrivenRequest request = sent();
    delivery.start();
    await().atMost(LONG).until(() -> of(REQUESTER).size() == 1);
    requests.put(request.id(), request("needsCorrection"));
    request.decide("sendAgain");
    awaitNoMail();

    request.decide("retry").refuse("signspace.uploadDocument");

    await().atMost(LONG).until(() -> of(REQUESTER).size() == 2);
    assertThat(of(REQUESTER).get(1).header("Subject"))
        .isEqualTo("A case worker has to decide: Lease");
  }

  @Test
  void a_mail_says_that_it_is_automatic_and_where_it_bounces() {
    sent();

    delivery.start();

    await().atMost(LONG).until(() -> !relay.received.isEmpty());
    Received mail = relay.received.get(0);
    assertThat(mail.from()).isEqualTo("bounces@example.com");
    assertThat(mail.to()).isEqualTo(REQUESTER);
    assertThat(mail.header("From")).isEqualTo("Signing <signing@example.com>");
    assertThat(mail.header("Date")).endsWith("+0000 (UTC)");
    assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(mail.header("Content-Language")).isEqualTo("en");
    assertThat(mail.header("Message-ID")).matches("<[0-9a-zA-Z-]+\\.0@example\\.com>");
    assertThat(mail.content()).contains("text/plain", "text/html").doesNotContain("href");
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void a_relay_that_freezes_gets_the_identical_mail_again(Moment moment) {
    relay.freezeAt(moment);
    sent();
    delivery.start();
    await().atMost(LONG).until(() -> lastFailure().contains("does not respond"));
    assertThat(engine.getRuntimeService().createIncidentQuery().count()).isZero();

    relay.behave();

    awaitNoMail();
    assertThat(relay.received).isNotEmpty();
    assertThat(relay.received.stream().distinct()).hasSize(1);
  }

  @Test
  void one_dead_address_among_three_is_an_incident_of_its_own() {
    relay.respond(ANNA, "550 5.1.1 no such user <anna@example.com>");
    relay.respond(BO, "450 4.2.0 greylisted");
    DrivenRequest request = sent();
    delivery.start();
    await().atMost(LONG).until(() -> relay.received.size() == 1);

    request.decide("cancelSigning").work("signspace.cancelSigningRequest", Map.of());
    cancelled(request);

    await().atMost(LONG).until(() -> of(REQUESTER).size() == 2);
    await().atMost(LONG).until(() -> relay.attempts.contains(BO));
    relay.respond(BO, "250 ok");
    await().atMost(LONG).until(() -> tasks().size() == 1);
    List<ExternalTask> left = tasks();
    assertThat(of(BO)).hasSize(1);
    assertThat(left.get(0).getRetries()).isZero();
    assertThat(left.get(0).getErrorMessage())
        .contains("to the participant (SMTP 550)")
        .doesNotContain("anna");
    assertThat(relay.attempts.stream().filter(ANNA::equals)).hasSize(1);
    assertThat(engine.getRuntimeService().createIncidentQuery().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"rita@exämple.fi, rita@xn--exmple-cua.fi", "ritä@example.fi, nobody"})
  void an_address_is_written_as_every_relay_understands_it(String address, String written) {
    DrivenRequest request = new DrivenRequest(engine).sent();
    requests.put(request.id(), withRequester(address));

    delivery.start();

    await()
        .atMost(LONG)
        .until(() -> !relay.attempts.isEmpty() || lastFailure().contains("cannot be used"));
    assertThat(relay.attempts.isEmpty() ? "nobody" : relay.attempts.get(0)).isEqualTo(written);
  }

  /** It concerns all mails: the channel is paused, and no message is lost. */
  @Test
  void a_sender_that_the_relay_rejects_stops_no_mail_for_good() {
    relay.respond("MAIL", "550 5.7.1 sender not allowed");
    sent();
    delivery.start();
    await().atMost(LONG).until(() -> lastFailure().contains("does not accept the sender"));

    relay.behave();

    awaitNoMail();
    assertThat(relay.received).hasSize(1);
  }

  @Test
  void a_node_that_dies_between_the_steps_is_replaced() {
    DrivenRequest request = sent();
    requests.put(request.id(), request("awaiting", ANNA));
    request.send("checkStatus").found("awaiting", 1);
    relay.freezeAt(Moment.GREETING);
    delivery.start();
    await().atMost(LONG).until(() -> lastFailure().contains("does not respond"));
    delivery.stop();
    relay.behave();
    delivery = delivery();

    delivery.start();

    awaitNoMail();
    assertThat(relay.received.stream().map(mail -> mail.header("Subject")))
        .containsExactlyInAnyOrder("Sent for signing: Lease", "Anna has signed: Lease");
  }

  /** Its signers would not sign what is open. */
  @Test
  void a_cancellation_that_waited_is_dropped_when_the_request_is_open_again() {
    relay.respond(ANNA, "450 4.2.0 later");
    DrivenRequest request = sent();
    request.decide("cancelSigning").work("signspace.cancelSigningRequest", Map.of());
    cancelled(request);
    delivery.start();
    await().atMost(LONG).until(() -> relay.attempts.contains(ANNA));

    requests.put(request.id(), request("awaiting"));

    awaitNoMail();
    assertThat(of(ANNA)).isEmpty();
  }

  /** A former participant never gets anything again. */
  @Test
  void a_mail_that_waited_is_dropped_when_it_no_longer_concerns_its_recipient() {
    relay.respond(ANNA, "450 4.2.0 later");
    DrivenRequest request = sent();
    request.decide("cancelSigning").work("signspace.cancelSigningRequest", Map.of());
    cancelled(request);
    delivery.start();
    await().atMost(LONG).until(() -> relay.attempts.contains(ANNA));
    delivery.stop(); // no attempt is under way while the request changes

    NotifiedRequest before = request("needsDecision");
    requests.put(
        request.id(), withoutSignatures(before, "request-1", before.participants().subList(1, 2)));
    relay.behave();
    delivery.start();

    awaitNoMail();
    assertThat(of(ANNA)).isEmpty();
    assertThat(of(BO)).hasSize(1);
  }

  @Test
  void a_mail_about_a_request_that_was_sent_again_since_is_dropped() {
    DrivenRequest request = sent();
    request.send("checkStatus").found("awaiting", 1);
    NotifiedRequest before = request("awaiting");
    requests.put(request.id(), withoutSignatures(before, "request-2", before.participants()));

    delivery.start();

    awaitNoMail();
    assertThat(relay.attempts).isEmpty();
  }

  private static NotifiedRequest withoutSignatures(
      NotifiedRequest before, String signingRequestId, List<Person> participants) {
    return new NotifiedRequest(
        before.title(),
        before.businessKey(),
        signingRequestId,
        before.status(),
        false,
        false,
        "en",
        REQUESTER,
        before.dueAt(),
        2,
        0,
        participants,
        List.of(),
        List.of());
  }

  @Test
  void without_a_recipient_nothing_waits() {
    new DrivenRequest(engine).sent();

    delivery.start();

    awaitNoMail();
    assertThat(relay.attempts).isEmpty();
  }

  private List<Received> of(String address) {
    return relay.received.stream().filter(mail -> mail.to().equals(address)).toList();
  }

  private static List<ExternalTask> tasks() {
    return engine
        .getExternalTaskService()
        .createExternalTaskQuery()
        .processDefinitionKey(SigningProcess.MAIL_KEY)
        .list();
  }

  private static String lastFailure() {
    return tasks().stream().map(task -> String.valueOf(task.getErrorMessage())).toList().toString();
  }

  private static void awaitNoMail() {
    await()
        .atMost(LONG)
        .until(
            () ->
                engine
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(SigningProcess.MAIL_KEY)
                        .count()
                    == 0);
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void an_event_without_texts_cannot_be_configured(EventType type) {
    boolean hasTexts = MailTexts.EVENTS.contains(type);

    assertThat(isConfigurable(type)).isEqualTo(hasTexts);
  }

  private static boolean isConfigurable(EventType type) {
    try {
      return properties(Map.of("events", type.text())).events().contains(type);
    } catch (BindException e) {
      return false;
    }
  }
}
