package fi.signspace.plugin.worker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.RequestState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportedRequestTest {

  @ParameterizedTest
  @CsvSource({
    "11:59:00.100, 11:59:00.900, false",
    "11:59:00.100, 11:59:00.100, true",
    "11:59:00.123456, 11:59:00.123, true",
    "11:59:00, 11:59:00.900, true",
    "11:59:00.900, 11:59:01, true",
    "11:59:00, 11:59:02, false"
  })
  void a_request_is_recognized_by_its_time_of_creation(
      String known, String reported, boolean isOurs) {
    SentRequest sent = TestStates.requested(2).requireRequest();
    SigningState state =
        TestStates.fresh()
            .withRequest(
                new SentRequest(
                    sent.id(),
                    sent.creation(),
                    moment(known).toString(),
                    sent.documents(),
                    sent.documentsSince(),
                    List.of()),
                TestStates.lastCheck("open", 0, 0, 0));
    RequestState response = States.createdAt(States.ID, List.of(), moment(reported));

    assertThat(catchThrowable(() -> ReportedRequest.requireOurs(state, response)) == null)
        .isEqualTo(isOurs);
  }

  private static Instant moment(String time) {
    return Instant.parse("2026-03-01T%sZ".formatted(time));
  }
}
