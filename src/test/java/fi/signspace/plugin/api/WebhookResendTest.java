package fi.signspace.plugin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.api.call.CallerPermissions;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.api.view.Status;
import fi.signspace.plugin.api.webhook.PendingMessages;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class WebhookResendTest {

  private static final String ID = "instance-1";
  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");

  private final RequestQueries queries = mock(RequestQueries.class);
  private final PendingMessages messages = mock(PendingMessages.class);
  private final IdentityService identity = mock(IdentityService.class);
  private final AuthorizationService authorizations = mock(AuthorizationService.class);
  private final EngineTransactions engine = mock(EngineTransactions.class);
  private final WebhookResend repeat = repeat(Optional.of(messages));

  private WebhookResend repeat(Optional<PendingMessages> receiver) {
    return new WebhookResend(
        queries, receiver, new CallerPermissions(identity, authorizations), engine);
  }

  @BeforeEach
  void anIntegratorIsLoggedIn() {
    when(engine.inTransaction(any())).thenAnswer(call -> call.getArgument(0, Supplier.class).get());
    when(engine.withoutAuthorization(any()))
        .thenAnswer(call -> call.getArgument(0, Supplier.class).get());
    when(identity.getCurrentAuthentication()).thenReturn(new Authentication("iris", List.of("g")));
    permit(true);
  }

  private void permit(boolean isPermitted) {
    when(authorizations.isUserAuthorized(
            "iris",
            List.of("g"),
            ProcessDefinitionPermissions.UPDATE_INSTANCE,
            Resources.PROCESS_DEFINITION,
            "signing-request"))
        .thenReturn(isPermitted);
  }

  private void given(@Nullable Instant endedAt, Set<EventType> sent) {
    SigningRequestView request = mock(SigningRequestView.class);
    when(request.id()).thenReturn(ID);
    when(request.businessKey()).thenReturn("case-1");
    when(request.status()).thenReturn(Status.SIGNED);
    when(request.endedAt()).thenReturn(endedAt);
    when(queries.get(ID)).thenReturn(request);
    when(messages.repeat(ID)).thenReturn(sent);
  }

  @Test
  void the_messages_of_the_history_are_sent_again() {
    given(END, EnumSet.of(EventType.SENT, EventType.ENDED));

    assertThat(repeat.send(ID).id()).isEqualTo(ID);

    verify(messages, never()).addEnded(any(), any(), any(), any(), any());
  }

  @Test
  void the_end_is_sent_even_if_its_message_is_no_longer_in_the_history() {
    given(END, EnumSet.noneOf(EventType.class));

    repeat.send(ID);

    verify(messages).addEnded(ID, "case-1", "signed", END, null);
  }

  @Test
  void a_running_request_without_messages_is_refused() {
    given(null, EnumSet.noneOf(EventType.class));

    assertRefused(repeat, HttpStatus.CONFLICT);
  }

  @Test
  void a_node_without_a_webhook_refuses() {
    given(END, EnumSet.noneOf(EventType.class));

    assertRefused(repeat(Optional.empty()), HttpStatus.CONFLICT);
  }

  @Test
  void a_caller_who_may_only_see_requests_is_refused() {
    given(END, EnumSet.of(EventType.ENDED));
    permit(false);

    assertRefused(repeat, HttpStatus.FORBIDDEN);

    verify(messages, never()).repeat(any());
  }

  private static void assertRefused(WebhookResend repeat, HttpStatus status) {
    assertThatThrownBy(() -> repeat.send(ID))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
