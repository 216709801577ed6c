package fi.signspace.plugin.worker.state;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.ReplacedDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.state.GivenSignatures.GivenSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenSignaturesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:00:00Z, '', ",
    "2026-03-01T10:00:00Z, 2026-03-01T09:00:00Z, ",
    "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z, ",
    "2026-03-01T10:00:00Z, 2026-03-01T10:00:00.001Z, 2026-03-01T10:00:00.001Z",
    "2026-03-01T10:00:00Z, 2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z",
    "2026-03-01T10:00:00Z, 2026-03-01T09:00:00Z 2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z",
    "2026-03-01T10:00:00Z, 2026-03-03T10:00:00Z 2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z",
    ", 2026-03-02T10:00:00Z, "
  })
  void a_signature_before_a_replacement_applies_to_the_former_documents(
      @Nullable Instant signedAt, String replacements, @Nullable Instant expected) {
    RequestState reported = toldOf(new RequestState.Signature("ann@example.com", signedAt));

    List<GivenSignature> given = GivenSignatures.of(reported, replacedAt(replacements));

    assertThat(given).containsExactly(new GivenSignature("ann@example.com", signedAt, expected));
  }

  @Test
  void a_signature_before_a_document_was_added_does_not_apply_to_that() {
    SentRequest before = TestStates.requested(1).requireRequest();
    SigningState added =
        TestStates.requested(1)
            .withPending(TestStates.documents(2), "t", "upload")
            .withPendingAsDocuments("2026-03-02T10:00:00Z", List.of());
    Instant signedAt = Instant.parse("2026-03-01T13:00:00Z");
    RequestState reported = toldOf(new RequestState.Signature("ann@example.com", signedAt));

    assertThat(added.requireRequest().replaced()).isEmpty();
    assertThat(GivenSignatures.of(reported, before))
        .containsExactly(new GivenSignature("ann@example.com", signedAt, null));
    assertThat(GivenSignatures.of(reported, added.requireRequest()))
        .extracting(GivenSignature::documentsReplacedAt)
        .containsExactly(Instant.parse("2026-03-02T10:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 2026-03-02T10:00:00Z",
    "PT2H, 2026-03-02T12:00:00Z",
    "PT-5M, 2026-03-02T10:00:00Z",
    ", 2026-03-02T10:00:00Z"
  })
  void signatures_that_are_not_shown_yet_have_the_time_of_signspace(
      @Nullable Duration ahead, Instant expected) {
    Instant startedAt = Instant.parse(TestStates.STARTED_AT);
    SentRequest sent =
        new SentRequest(
            States.ID,
            TestStates.creation(TestStates.STARTED_AT, null),
            ahead == null ? null : startedAt.plus(ahead).toString(),
            TestStates.documents(1),
            TestStates.STARTED_AT,
            List.of());

    Instant now = Instant.parse("2026-03-02T10:00:00Z");

    assertThat(GivenSignatures.afterThose(sent, null, now)).isEqualTo(expected);
    assertThat(GivenSignatures.afterThose(sent, toldOf(signedAt(expected)), now))
        .isEqualTo(expected.plusMillis(1));
  }

  @Test
  void a_time_of_creation_that_is_returned_later_shows_the_clock_of_signspace_too() {
    SentRequest sent =
        new SentRequest(
            States.ID,
            TestStates.creation("2026-03-01T09:59:00Z", null),
            null,
            TestStates.documents(1),
            TestStates.STARTED_AT,
            List.of());
    RequestState reported =
        States.createdAt(States.ID, List.of("file-1"), Instant.parse("2026-03-01T10:00:00Z"));

    Instant since =
        GivenSignatures.afterThose(sent, reported, Instant.parse("2026-03-02T10:00:00Z"));

    assertThat(since).isEqualTo(Instant.parse("2026-03-02T10:01:00Z"));
  }

  private static RequestState.Signature signedAt(Instant moment) {
    return new RequestState.Signature("ann@example.com", moment);
  }

  private static RequestState toldOf(RequestState.Signature signature) {
    RequestState state = States.of(SigningStatus.IN_PROGRESS);
    return new RequestState(
        state.id(),
        state.status(),
        state.statusText(),
        state.title(),
        state.fileIds(),
        state.signedFileIds(),
        2,
        1,
        List.of(signature),
        state.url(),
        state.createdAt());
  }

  private static SentRequest replacedAt(String moments) {
    List<ReplacedDocument> replaced =
        Stream.of(moments.split(" ", -1))
            .filter(moment -> !moment.isEmpty())
            .map(moment -> new ReplacedDocument(TestStates.document(1), moment))
            .toList();
    return new SentRequest(
        States.ID,
        TestStates.creation(TestStates.STARTED_AT, null),
        TestStates.STARTED_AT,
        TestStates.documents(2),
        TestStates.STARTED_AT,
        replaced);
  }
}
