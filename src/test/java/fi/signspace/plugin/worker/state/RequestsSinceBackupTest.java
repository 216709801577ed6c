package fi.signspace.plugin.worker.state;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.RecordedInstance;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsSinceBackupTest {

  private static final Instant BACKUP = Instant.parse("2026-03-01T03:00:00Z");
  private static final Instant RESTORE = Instant.parse("2026-03-01T12:00:00Z");

  private final SignSpace signSpace = mock();
  private final EngineHistory history = mock();

  @ParameterizedTest
  @CsvSource({
    "Lease,   2026-03-01T03:00:01Z, open",
    "Lease,   2026-03-01T11:59:59Z, in_progress",
    "Lease,   2026-03-01T11:59:59Z, complete",
    "Lease,   2026-03-01T11:59:59Z, a status that is not in the guide",
    "' Lease',2026-03-01T11:59:59Z, open",
    // the clocks of SignSpace and of the backup
    "Lease,   2026-03-01T02:59:30Z, open",
    "Lease,   2026-03-01T12:00:30Z, open",
    // what SignSpace does not tell could be so
    ",        2026-03-01T11:59:59Z, open",
    "Lease,   , open"
  })
  void a_request_that_may_be_the_same_is_not_created_again(
      @Nullable String title, @Nullable Instant createdAt, String status) {
    given(request(title, createdAt, status));

    assertThatThrownBy(() -> requireNone("Lease"))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("restored from a backup of " + BACKUP)
        .hasMessageContaining("request-1");
  }

  @Test
  void a_process_of_the_backup_may_have_been_sent_with_another_title() {
    given(request("Rent", RESTORE, "open"));
    startedAt(BACKUP.minusSeconds(1));

    assertThatThrownBy(() -> requireNone("Lease"))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("request-1");

    startedAt(RESTORE.plusSeconds(1));
    assertThatCode(() -> requireNone("Lease")).doesNotThrowAnyException();
  }

  @Test
  void a_cancelled_request_does_not_end_if_another_one_may_have_been_sent_instead() {
    given(request("Lease", RESTORE, "open"));
    RequestsSinceBackup since = since(new RestoreProperties(BACKUP, RESTORE));

    assertThatThrownBy(() -> since.requireNoneInsteadOf(new GivenTask().taken(), "Lease"))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("sent instead of this one");
    assertThatCode(() -> since.requireNoneInsteadOf(new GivenTask().taken(), "Rent"))
        .doesNotThrowAnyException();
  }

  @Test
  void a_few_of_many_requests_are_named() {
    RequestState one = request("Lease", RESTORE, "open");
    given(one);
    when(signSpace.getRequests(any())).thenReturn(Collections.nCopies(12, one));

    assertThatThrownBy(() -> requireNone("Lease")).hasMessageContaining("and 7 others");
  }

  @ParameterizedTest
  @CsvSource({
    "Rent,  2026-03-01T11:59:59Z, open",
    "Lease, 2026-03-01T02:58:00Z, open",
    "Lease, 2026-03-01T12:01:01Z, open",
    "Lease, 2026-03-01T11:59:59Z, cancelled"
  })
  void any_other_request_is_created(String title, Instant createdAt, String status) {
    given(request(title, createdAt, status));
    startedAt(RESTORE.plusSeconds(1));

    assertThatCode(() -> requireNone("Lease")).doesNotThrowAnyException();
  }

  @Test
  void a_request_that_was_cancelled_because_of_the_incident_is_created_again() {
    given(request("Lease", RESTORE, "open"));
    RequestsSinceBackup since = since(new RestoreProperties(BACKUP, RESTORE));
    assertThatThrownBy(() -> since.requireNone(new GivenTask().taken(), "Lease"))
        .isInstanceOf(IncidentException.class);

    when(signSpace.getRequests(any())).thenReturn(List.of(request("Lease", RESTORE, "cancelled")));

    assertThatCode(() -> since.requireNone(new GivenTask().taken(), "Lease"))
        .doesNotThrowAnyException();
    verify(signSpace, times(1)).listRequests(anyInt());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 10_000})
  void a_list_that_may_be_cut_is_requested_again(int length) {
    RequestState other = request("Rent", BACKUP, "open");
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(length, other));

    assertThatThrownBy(() -> requireNone("Lease"))
        .isInstanceOf(UnconfirmedException.class)
        .hasMessageContaining("only some of its requests");
  }

  @Test
  void without_a_restore_nothing_is_listed() {
    since(new RestoreProperties(null, null)).requireNone(new GivenTask().taken(), "Lease");

    verifyNoInteractions(signSpace);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T03:00:00Z,",
    ",                    2026-03-01T03:00:00Z",
    "2026-03-01T03:00:00Z,2026-03-01T03:00:00Z",
    "2026-03-01T12:00:00Z,2026-03-01T03:00:00Z"
  })
  void half_a_time_or_one_in_the_wrong_order_is_refused(
      @Nullable Instant backupAt, @Nullable Instant restoredAt) {
    assertThatThrownBy(() -> new RestoreProperties(backupAt, restoredAt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signspace.restore.restored-at");
  }

  private void startedAt(Instant time) {
    when(history.recordedInstance(GivenTask.INSTANCE))
        .thenReturn(Optional.of(new RecordedInstance(time, null, "signing-request", null)));
  }

  private void given(RequestState request) {
    when(signSpace.listRequests(anyInt())).thenReturn(List.of(request));
    when(signSpace.getRequests(any())).thenReturn(List.of(request));
  }

  private void requireNone(String title) {
    since(new RestoreProperties(BACKUP, RESTORE)).requireNone(new GivenTask().taken(), title);
  }

  private RequestsSinceBackup since(RestoreProperties restore) {
    return new RequestsSinceBackup(signSpace, history, restore, GivenTask.TIMES);
  }

  private static RequestState request(
      @Nullable String title, @Nullable Instant createdAt, String status) {
    return new RequestState(
        "request-1",
        SigningStatus.of(status),
        status,
        title,
        List.of("file-1"),
        List.of(),
        1,
        0,
        List.of(),
        List.of(),
        null,
        createdAt);
  }
}
