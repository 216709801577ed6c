package fi.signspace.plugin.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.api.delivery.DeliveryEnginePlugin;
import fi.signspace.plugin.api.delivery.UndeliveredException;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.process.Notice;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.testkit.DrivenRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The model that the product deploys, and the messages that wait for the receiver. */
class WebhookEventsTest {

  private static final Set<EventType> EVENTS =
      EnumSet.of(
          EventType.SENT,
          EventType.SENT_AGAIN,
          EventType.SIGNED,
          EventType.DECISION_NEEDED,
          EventType.CANCELLED,
          EventType.REMINDED,
          EventType.ESCALATED,
          EventType.DUE_SOON,
          EventType.OVERDUE,
          EventType.ENDED);

  private static ProcessEngine engine;

  @BeforeAll
  static void startEngine() {
    engine =
        DrivenRequest.engine(
            "webhook-events",
            new DeliveryEnginePlugin(
                SigningProcess.KEY, List.of(new WebhookChannel(EVENTS)), Clock.systemUTC()));
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @Test
  void each_event_is_a_message_with_the_next_number() {
    DrivenRequest request = new DrivenRequest(engine).sent();
    request.send("checkStatus").found("awaiting", 2).send("checkStatus").found("awaiting", 2);
    request.decide("cancelSigning").work(Topic.CANCEL_SIGNING_REQUEST, Map.of());
    request.found("cancelled", 2).decide("close").found("cancelled", 2);

    List<WebhookMessage> messages = waiting(request);

    assertThat(messages)
        .extracting(message -> message.data().sequence() + " " + message.type())
        .containsExactly(
            "1 signing-request.sent",
            "2 signing-request.signed",
            "3 signing-request.signed",
            "4 signing-request.cancelled",
            "5 signing-request.decisionNeeded",
            "6 signing-request.ended");
    assertThat(messages).extracting(message -> message.data().businessKey()).containsOnly("case-1");
    assertThat(messages)
        .allSatisfy(message -> assertThat(Instant.parse(message.timestamp())).isNotNull());
  }

  @Test
  void a_cancellation_is_one_event_however_often_a_person_is_asked() {
    DrivenRequest request = new DrivenRequest(engine).sent();
    request.send("checkStatus").found("cancelled", 0);
    noticed(request, "cancelled", Notice.ESCALATED);
    request.send("checkStatus").found("awaiting", 0).send("checkStatus").found("cancelled", 0);

    assertThat(waiting(request))
        .extracting(WebhookMessage::type)
        .filteredOn(type -> !type.equals("signing-request.escalated"))
        .containsExactly(
            "signing-request.sent",
            "signing-request.cancelled",
            "signing-request.decisionNeeded",
            "signing-request.decisionNeeded",
            "signing-request.cancelled",
            "signing-request.decisionNeeded");
  }

  /** Signatures of the former request do not count for the one that replaces it. */
  @Test
  void a_request_that_is_sent_again_is_reported_as_that() {
    DrivenRequest request = new DrivenRequest(engine).sent();
    request.send("checkStatus").found("awaiting", 1).decide("sendAgain").decide("retry");
    request.work(Topic.UPLOAD_DOCUMENT, Map.of()).work(Topic.CANCEL_SIGNING_REQUEST, Map.of());
    request.found("cancelled", 1);
    request.work(
        Topic.CREATE_SIGNING_REQUEST,
        Map.of(
            "formerSigningRequestIds",
            "[\"request-1\"]",
            "signingPhase",
            "awaiting",
            "nextCheckAt",
            DrivenRequest.NEXT_YEAR));

    request.send("checkStatus").found("awaiting", 1);

    assertThat(waiting(request))
        .extracting(WebhookMessage::type)
        .containsExactly(
            "signing-request.sent",
            "signing-request.signed",
            "signing-request.decisionNeeded",
            "signing-request.sentAgain",
            "signing-request.signed");
  }

  @ParameterizedTest
  @EnumSource(Notice.class)
  void each_notice_is_an_event_of_its_own(Notice notice) {
    DrivenRequest request = new DrivenRequest(engine).sent();

    for (int time = 1; time <= 2; time++) {
      noticed(request, "awaiting", notice);
    }

    assertThat(waiting(request))
        .extracting(WebhookMessage::type)
        .containsExactly(
            "signing-request.sent",
            "signing-request." + notice.text(),
            "signing-request." + notice.text());
  }

  /** A status check gives a notice. */
  private static void noticed(DrivenRequest request, String phase, Notice notice) {
    request
        .send("checkStatus")
        .work(
            Topic.CHECK_STATUS,
            Map.of(
                "signingPhase",
                phase,
                "nextCheckAt",
                DrivenRequest.NEXT_YEAR,
                "signingNotice",
                notice.text(),
                "escalatedTo",
                "heads"));
  }

  @Test
  void an_action_that_was_refused_is_no_event() {
    DrivenRequest request = new DrivenRequest(engine).sent().decide("replaceDocuments");
    request.work(Topic.UPLOAD_DOCUMENT, Map.of());
    request.work(Topic.REPLACE_DOCUMENTS, Map.of("refusal", "Too late.")).send("checkStatus");
    request.work(Topic.CHECK_STATUS, Map.of("signingPhase", "signed", "refusal", ""));

    request.work(
        Topic.DOWNLOAD_DOCUMENT,
        Map.of("signingPhase", "awaiting", "nextCheckAt", DrivenRequest.NEXT_YEAR));

    assertThat(waiting(request))
        .extracting(WebhookMessage::type)
        .containsExactly("signing-request.sent");
  }

  @Test
  void an_interrupted_step_is_no_event() {
    DrivenRequest request = new DrivenRequest(engine).refuse(Topic.UPLOAD_DOCUMENT);
    engine.getRuntimeService().deleteProcessInstance(request.id(), "not needed");

    List<WebhookMessage> messages = waiting(request);

    assertThat(messages)
        .extracting(WebhookMessage::type)
        .containsExactly("signing-request.decisionNeeded", "signing-request.ended");
  }

  @Test
  void messages_are_repeated_once_each_however_often() {
    DrivenRequest request = new DrivenRequest(engine).sent();
    PendingMessages pending = new PendingMessages(engine);
    List<WebhookMessage> first = waiting(request);

    pending.repeat(request.id());
    List<WebhookMessage> second = waiting(request);
    Set<EventType> types = pending.repeat(request.id());
    List<WebhookMessage> third = waiting(request);

    assertThat(first).hasSize(1);
    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    assertThat(types).containsExactly(EventType.SENT);
    assertThat(pending.repeat("another")).isEmpty();
  }

  /** Takes the messages about a request, as a node does that delivers them. */
  private static List<WebhookMessage> waiting(DrivenRequest request) {
    return engine
        .getExternalTaskService()
        .fetchAndLock(100, "receiver")
        .topic(SigningProcess.TELL_WEBHOOK_TOPIC, 60_000)
        .execute()
        .stream()
        .map(WebhookEventsTest::message)
        .filter(message -> message.data().id().equals(request.id()))
        .sorted(Comparator.comparing(message -> message.data().sequence()))
        .toList();
  }

  private static WebhookMessage message(LockedExternalTask task) {
    try {
      return WebhookMessage.of(task, id -> Optional.empty());
    } catch (UndeliveredException e) {
      throw new IllegalStateException(e);
    } finally {
      engine.getExternalTaskService().complete(task.getId(), "receiver");
    }
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void events_are_configured_by_their_names_in_the_api(EventType type) {
    boolean isNeverSent =
        EnumSet.of(EventType.CREATED, EventType.CHECKED, EventType.ON_HOLD, EventType.RESUMED)
            .contains(type);

    if (isNeverSent) {
      assertThatThrownBy(() -> bound(type.text()))
          .isInstanceOf(BindException.class)
          .hasRootCauseMessage(
              "signspace.webhook.events must not have "
                  + type.text()
                  + ": no message is sent about it");
    } else {
      assertThat(bound(type.text()).events()).containsExactly(type);
    }
  }

  @Test
  void only_the_end_is_sent_by_default() {
    assertThat(bound(Map.of()).events()).containsExactly(EventType.ENDED);
  }

  private static WebhookProperties bound(String events) {
    return bound(Map.of("signspace.webhook.events", events));
  }

  private static WebhookProperties bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("signspace.webhook", WebhookProperties.class);
  }
}
