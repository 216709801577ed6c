package fi.signspace.plugin.worker.state;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.ReplacedDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.state.GivenSignatures.GivenSignature;
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
            .withPendingAsDocuments("2026-03-02T10:00:00Z", null, List.of());
    Instant signedAt = Instant.parse("2026-03-01T13:00:00Z");
    RequestState reported = toldOf(new RequestState.Signature("ann@example.com", signedAt));

    assertThat(added.requireRequest().replaced()).isEmpty();
    assertThat(GivenSignatures.of(reported, before))
        .containsExactly(new GivenSignature("ann@example.com", signedAt, null));
    assertThat(GivenSignatures.of(reported, added.requireRequest()))
        .extracting(GivenSignature::documentsReplacedAt)
        .containsExactly(Instant.parse("2026-03-02T10:00:00Z"));
  }

  /** SignSpace lists none, or does not count those of former documents any more. */
  @ParameterizedTest
  @CsvSource({"1, 2, 1", "2, 1, 1", "1, , 1", "0, 2, 0", ", 2, 0"})
  void of_signatures_that_are_only_counted_those_of_former_documents_are_told(
      @Nullable Integer countedBefore, @Nullable Integer completed, int expected) {
    SigningState replaced =
        TestStates.requested(1)
            .withPending(TestStates.documents(2), "t", "upload")
            .withPendingAsDocuments("2026-03-02T10:00:00Z", countedBefore, List.of());
    RequestState reported = told(completed, null);

    assertThat(GivenSignatures.of(reported, replaced.requireRequest()))
        .hasSize(expected)
        .allMatch(
            given ->
                given.signedBy() == null
                    && Instant.parse("2026-03-02T10:00:00Z").equals(given.documentsReplacedAt()));
  }

  /** As many of the earliest ones as SignSpace counted, whatever its clock says. */
  @ParameterizedTest
  @CsvSource({
    ", false false",
    "0, false false",
    "1, false true",
    "2, true true",
    "3, true true",
  })
  void signatures_that_were_counted_before_a_replacement_apply_to_the_former_documents(
      @Nullable Integer counted, String expected) {
    SigningState replaced =
        TestStates.requested(1)
            .withPending(TestStates.documents(2), "t", "upload")
            .withPendingAsDocuments("2026-03-02T10:00:00Z", counted, List.of());
    RequestState reported =
        toldOf(
            new RequestState.Signature("bert@example.com", Instant.parse("2026-03-02T12:30:00Z")),
            new RequestState.Signature("ann@example.com", Instant.parse("2026-03-02T12:00:00Z")),
            new RequestState.Signature("carl@example.com", null));

    assertThat(GivenSignatures.of(reported, replaced.requireRequest()))
        .extracting(GivenSignature::documentsReplacedAt)
        .startsWith(
            Stream.of(expected.split(" ", -1))
                .map(is -> is.equals("true") ? Instant.parse("2026-03-02T10:00:00Z") : null)
                .toArray(Instant[]::new))
        .endsWith((Instant) null);
  }

  private static RequestState toldOf(RequestState.Signature... signatures) {
    return told(1, List.of(signatures));
  }

  private static RequestState told(
      @Nullable Integer completed, @Nullable List<RequestState.Signature> signatures) {
    RequestState state = States.of(SigningStatus.IN_PROGRESS);
    return new RequestState(
        state.id(),
        state.status(),
        state.statusText(),
        state.title(),
        state.fileIds(),
        state.signedFileIds(),
        2,
        completed,
        signatures,
        List.of(),
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
