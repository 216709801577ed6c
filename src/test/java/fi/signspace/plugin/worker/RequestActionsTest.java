package fi.signspace.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Cancelling, re-opening and replacing, whatever has happened in SignSpace meanwhile. */
class RequestActionsTest {

  private static final List<String> NEW_FILES = List.of("file-2", "file-3");

  private final SignSpace signSpace = mock();
  private final SettableClock clock = new SettableClock();
  private final RequestActions actions = new RequestActions(signSpace, GivenTask.TIMES);
  private final TopicWorker cancel = new CancelSigningRequestWorker(signSpace, actions);
  private final TopicWorker reopen = new ReopenSigningRequestWorker(signSpace, actions);
  private final TopicWorker replace =
      new ReplaceDocumentsWorker(signSpace, actions, Schedules.checks(clock));

  @BeforeEach
  void robotActsByDefault() {
    when(signSpace.defaultActingHandle()).thenReturn("robot@example.com");
  }

  @Test
  void an_open_request_is_cancelled_by_whom_the_process_says() {
    stands(SigningStatus.IN_PROGRESS);

    Outputs outputs = cancel.work(given().with("actingHandle", "me@example.com").taken());

    assertThat(outputs.toMap()).isEmpty();
    verify(signSpace).cancelRequest("me@example.com", States.ID);
  }

  @ParameterizedTest
  @MethodSource("ended")
  void a_request_that_is_cancelled_or_complete_already_is_not_cancelled(RequestState state) {
    stands(state);

    Outputs outputs = cancel.work(given().taken());

    assertThat(outputs.toMap()).isEmpty();
    verify(signSpace, never()).cancelRequest(anyString(), anyString());
  }

  @ParameterizedTest
  @MethodSource("ended")
  void a_refusal_to_cancel_is_fine_if_the_request_has_ended_meanwhile(RequestState state) {
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.of(SigningStatus.OPEN)))
        .thenReturn(List.of(state));
    doThrow(Failures.rejected()).when(signSpace).cancelRequest(anyString(), anyString());

    Outputs outputs = cancel.work(given().taken());

    assertThat(outputs.toMap()).isEmpty();
  }

  @Test
  void a_refusal_to_cancel_is_handed_out_in_the_words_of_signspace() {
    stands(SigningStatus.OPEN);
    doThrow(Failures.rejected()).when(signSpace).cancelRequest(anyString(), anyString());

    Outputs outputs = cancel.work(given().taken());

    assertThat(outputs.toMap()).isEqualTo(Map.of("refusal", "SignSpace refuses it"));
  }

  @Test
  void a_request_that_signspace_does_not_show_is_cancelled_all_the_same() {
    when(signSpace.getRequests(any())).thenReturn(List.of());

    cancel.work(given().taken());

    verify(signSpace).cancelRequest("robot@example.com", States.ID);
  }

  @Test
  void a_failure_that_may_heal_is_no_refusal() {
    SignSpaceException failure = Failures.lostAnswer();
    stands(SigningStatus.OPEN);
    doThrow(failure).when(signSpace).cancelRequest(anyString(), anyString());

    assertThatThrownBy(() -> cancel.work(given().taken())).isSameAs(failure);
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "ON_HOLD", "OVERDUE", "UNKNOWN"})
  void a_request_that_is_not_open_is_reopened(SigningStatus status) {
    stands(status);

    Outputs outputs = reopen.work(given().taken());

    assertThat(outputs.toMap()).isEmpty();
    verify(signSpace).reopenRequest("robot@example.com", States.ID);
  }

  @ParameterizedTest
  @MethodSource("goingWell")
  void a_request_that_is_open_or_complete_already_is_not_reopened(RequestState state) {
    stands(state);

    Outputs outputs = reopen.work(given().taken());

    assertThat(outputs.toMap()).isEmpty();
    verify(signSpace, never()).reopenRequest(anyString(), anyString());
  }

  @Test
  void a_request_that_is_complete_without_evidence_stays_so_and_the_case_worker_is_told() {
    stands(States.complete());

    assertThat(reopen.work(given().taken()).toMap().get("refusal")).asString().contains("complete");
    assertThat(cancel.work(given().taken()).toMap().get("refusal")).asString().contains("complete");

    verify(signSpace, never()).reopenRequest(anyString(), anyString());
    verify(signSpace, never()).cancelRequest(anyString(), anyString());
  }

  @Test
  void a_refusal_to_reopen_is_handed_out_in_the_words_of_signspace() {
    stands(SigningStatus.CANCELLED);
    doThrow(Failures.rejected()).when(signSpace).reopenRequest(anyString(), anyString());

    Outputs outputs = reopen.work(given().taken());

    assertThat(outputs.toMap()).isEqualTo(Map.of("refusal", "SignSpace refuses it"));
  }

  @Test
  void new_documents_are_sent_and_the_status_is_checked_right_after() {
    stands(SigningStatus.IN_PROGRESS);

    Outputs outputs = replace.work(withNewFiles().taken());

    verify(signSpace).replaceDocuments("robot@example.com", States.ID, NEW_FILES);
    assertThat(outputs.toMap())
        .isEqualTo(
            Map.of("problem", "", "unchangedChecks", 0, "nextCheckAt", "2026-03-01T12:00:00Z"));
  }

  @Test
  void documents_that_the_request_has_already_are_not_sent_again() {
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.of(States.ID, SigningStatus.OPEN, NEW_FILES)));

    Outputs outputs = replace.work(withNewFiles().taken());

    assertThat(outputs.toMap()).containsEntry("problem", "");
    verify(signSpace, never()).replaceDocuments(anyString(), anyString(), any());
  }

  @Test
  void the_documents_of_a_complete_request_are_left_alone() {
    stands(SigningStatus.COMPLETE);

    Outputs outputs = replace.work(withNewFiles().taken());

    assertThat(outputs.toMap()).containsEntry("nextCheckAt", "2026-03-01T12:00:00Z");
    verify(signSpace, never()).replaceDocuments(anyString(), anyString(), any());
  }

  @Test
  void a_refusal_of_new_documents_is_for_a_person_to_correct() {
    SignSpaceException refusal = Failures.rejected();
    stands(SigningStatus.OPEN);
    doThrow(refusal).when(signSpace).replaceDocuments(anyString(), anyString(), any());

    assertThatThrownBy(() -> replace.work(withNewFiles().taken())).isSameAs(refusal);

    assertThat(replace.step().isCorrectable()).isTrue();
  }

  private static Stream<RequestState> ended() {
    return Stream.of(States.of(SigningStatus.CANCELLED), States.complete("signed-1"));
  }

  private static Stream<RequestState> goingWell() {
    return Stream.of(
        States.of(SigningStatus.OPEN),
        States.of(SigningStatus.IN_PROGRESS),
        States.complete("signed-1"));
  }

  private void stands(SigningStatus status) {
    stands(States.of(status));
  }

  private void stands(RequestState state) {
    when(signSpace.getRequests(List.of(States.ID))).thenReturn(List.of(state));
  }

  private static GivenTask given() {
    return new GivenTask().with(SigningVariables.SIGNING_REQUEST_ID, States.ID);
  }

  private static GivenTask withNewFiles() {
    return given().with(SigningVariables.FILE_IDS, NEW_FILES.toArray(String[]::new));
  }
}
