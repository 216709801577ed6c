package fi.signspace.plugin.signing.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.status.SentRequest.Participant;
import fi.signspace.plugin.testkit.FormProblems;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contradictions block; missing data does not. */
class SignedRulesTest {

  private static final List<String> FILES = List.of("f1", "f2");
  private static final List<String> SIGNED = List.of("s1", "s2");
  private static final List<String> SIGNERS = List.of("ann@example.com", "bert@example.com");
  private static final List<Participant> ASKED =
      SIGNERS.stream().map(handle -> new Participant(handle, null, true)).toList();
  private static final SentRequest SENT =
      new SentRequest(FILES, ASKED, List.of(), List.of(), false, Doubts.NONE);

  static Stream<Arguments> signed() {
    List<String> none = List.of();
    return Stream.of(
        arguments("everything", FILES, SIGNED, 2, 2, SIGNERS),
        arguments("signed files alone", none, SIGNED, null, null, none),
        arguments("no files", none, SIGNED, 2, 2, SIGNERS),
        arguments("no counts", FILES, SIGNED, null, null, SIGNERS),
        arguments("one count alone", FILES, SIGNED, null, 2, SIGNERS),
        arguments("the other count alone", FILES, SIGNED, 2, null, SIGNERS),
        arguments("no signatures", FILES, SIGNED, 2, 2, none),
        arguments("the files in another order", List.of("f2", "f1"), SIGNED, 2, 2, SIGNERS),
        arguments("a signing page besides", FILES, List.of("s1", "s2", "page"), 2, 2, SIGNERS),
        arguments(
            "handles in capitals",
            FILES,
            SIGNED,
            2,
            2,
            List.of("ANN@Example.com", " bert@example.com")),
        arguments("names instead of handles", FILES, SIGNED, 2, 2, List.of("Ann Virtanen", "B.")),
        arguments("a name beside a handle", FILES, SIGNED, 2, 2, List.of("ann@example.com", "B.")),
        arguments(
            "a signatory more",
            FILES,
            SIGNED,
            3,
            3,
            List.of("c@x.fi", "bert@example.com", "ann@example.com")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signed")
  void consistent_data_counts_as_signed(
      String reported,
      List<String> files,
      List<String> signedFiles,
      @Nullable Integer requested,
      @Nullable Integer completed,
      List<String> signedBy) {
    RequestState state = complete(files, signedFiles, requested, completed, signedBy);

    assertThat(SignedRules.whyNotSigned(state, SENT)).as(reported).isEmpty();
  }

  static Stream<Arguments> contradictions() {
    List<String> none = List.of();
    return Stream.of(
        arguments("no signed file", FILES, none, 2, 2, SIGNERS, "every signed document"),
        arguments(
            "a signed file twice",
            FILES,
            List.of("s1", "s1"),
            2,
            2,
            SIGNERS,
            "every signed document"),
        arguments(
            "one signed file too few",
            FILES,
            List.of("s1"),
            2,
            2,
            SIGNERS,
            "every signed document"),
        arguments(
            "the same, with files that are fewer",
            List.of("f1"),
            List.of("s1"),
            2,
            2,
            SIGNERS,
            "every signed document"),
        arguments(
            "another file",
            List.of("f1", "f3"),
            SIGNED,
            2,
            2,
            SIGNERS,
            "not the ones that were sent"),
        arguments(
            "a file less", List.of("f1"), SIGNED, 2, 2, SIGNERS, "not the ones that were sent"),
        arguments(
            "a file more",
            List.of("f1", "f2", "f3"),
            List.of("s1", "s2", "s3"),
            2,
            2,
            SIGNERS,
            "not the ones that were sent"),
        arguments("a signature missing", FILES, SIGNED, 2, 1, none, "signatures are missing"),
        arguments("a signature too many", FILES, SIGNED, 1, 2, none, "signatures are missing"),
        arguments(
            "a signer removed", FILES, SIGNED, 1, 1, List.of("Ann"), "signatures are missing"),
        arguments("few completed", FILES, SIGNED, null, 1, none, "signatures are missing"),
        arguments("few requested", FILES, SIGNED, 1, null, none, "signatures are missing"),
        arguments(
            "few completed, but all by name",
            FILES,
            SIGNED,
            null,
            1,
            SIGNERS,
            "signatures are missing"),
        arguments("few names", FILES, SIGNED, null, null, List.of("Ann"), "signatures are missing"),
        arguments(
            "a signer missing",
            FILES,
            SIGNED,
            2,
            2,
            List.of("ann@example.com"),
            "bert@example.com"),
        arguments(
            "another signer",
            FILES,
            SIGNED,
            null,
            null,
            List.of("ann@example.com", "eve@example.com"),
            "bert@example.com"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contradictions")
  void contradictory_data_does_not_count_as_signed_and_says_why(
      String reported,
      List<String> files,
      List<String> signedFiles,
      @Nullable Integer requested,
      @Nullable Integer completed,
      List<String> signedBy,
      String words) {
    RequestState state = complete(files, signedFiles, requested, completed, signedBy);

    Optional<String> why = SignedRules.whyNotSigned(state, SENT);
    why.ifPresent(FormProblems::assertIsTranslated);

    assertThat(why).as(reported).hasValueSatisfying(text -> assertThat(text).contains(words));
  }

  @Test
  void a_signed_file_of_a_replaced_document_does_not_count() {
    SentRequest sent = new SentRequest(FILES, ASKED, List.of("s2"), List.of(), false, Doubts.NONE);

    assertThat(SignedRules.whyNotSigned(complete(FILES, SIGNED, 2, 2, SIGNERS), sent))
        .hasValueSatisfying(why -> assertThat(why).contains("had been replaced"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void after_an_interrupted_replacement_only_a_request_with_known_files_counts(boolean isShown) {
    SentRequest sent = new SentRequest(FILES, ASKED, List.of(), List.of(), true, Doubts.NONE);
    RequestState state = complete(isShown ? FILES : List.of(), SIGNED, 2, 2, SIGNERS);

    Optional<String> why = SignedRules.whyNotSigned(state, sent);

    why.ifPresent(FormProblems::assertIsTranslated);
    assertThat(why.filter(text -> text.contains("replacement")).isPresent()).isNotEqualTo(isShown);
    assertThat(why.isEmpty()).isEqualTo(isShown);
  }

  @ParameterizedTest
  @CsvSource({
    "f1 other, true, , , '', true, true",
    "'', true, , , '', true, true",
    "'', true, 2, 2, ann@example.com bert@example.com, true, false",
    "f1 f2, true, 2, 2, '', false, false",
    "f1 f2, true, , , '', false, true",
    "f1 f2, true, , , Ann B., false, true",
    "f1 f2, true, , , ann@example.com bert@example.com, false, false",
    "f1 f2, true, 2, 1, '', false, true",
    "f1 f2, false, , , '', false, false",
    "'', false, 2, 2, '', false, false"
  })
  void a_contradiction_is_settled_by_the_opposite_and_not_by_silence(
      String files,
      boolean wereTold,
      @Nullable Integer requested,
      @Nullable Integer completed,
      String signedBy,
      boolean otherDocuments,
      boolean missingSignatures) {
    Doubts told = wereTold ? new Doubts(true, true) : Doubts.NONE;
    SentRequest sent = new SentRequest(FILES, ASKED, List.of(), List.of(), false, told);
    RequestState state = complete(words(files), SIGNED, requested, completed, words(signedBy));

    assertThat(StatusRules.doubts(state, sent))
        .isEqualTo(new Doubts(otherDocuments, missingSignatures));
    assertThat(SignedRules.whyNotSigned(state, sent).isPresent())
        .isEqualTo(otherDocuments || missingSignatures);
    assertThat(StatusRules.doubts(null, sent)).isEqualTo(told);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {"2, true", "null, false"})
  void signatures_of_no_one_count_as_told_unless_there_are_counts(
      @Nullable Integer count, boolean isSigned) {
    RequestState state = complete(count, List.of());

    assertThat(SignedRules.whyNotSigned(state, SENT).isEmpty()).isEqualTo(isSigned);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "Anna, Anna, false",
        "Anna, ' anna', false",
        "Anna, Bert, true",
        "Anna, null, true",
        "null, null, true"
      })
  void a_person_who_has_signed_twice_is_one_signer(
      @Nullable String one, @Nullable String other, boolean isSigned) {
    RequestState state =
        complete(
            null,
            List.of(
                new RequestState.Signature(one, Instant.EPOCH),
                new RequestState.Signature(other, Instant.EPOCH.plusSeconds(1))));

    assertThat(SignedRules.whyNotSigned(state, SENT).isEmpty()).isEqualTo(isSigned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"İ", "person-7"})
  void a_signer_who_has_no_comparable_address_is_missing_among_addresses(String handle) {
    SentRequest sent =
        new SentRequest(
            FILES,
            List.of(
                new Participant("ann@example.com", null, true),
                new Participant(handle, null, true)),
            List.of(),
            List.of(),
            false,
            Doubts.NONE);
    RequestState state =
        complete(null, List.of(new RequestState.Signature("ann@example.com", Instant.EPOCH)));

    assertThat(SignedRules.whyNotSigned(state, sent)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "2, Matti Virtanen, Matti Virtanen, true",
        "2, ann@example.com, Matti Virtanen, true",
        "2, Ann, Matti Virtanen, true",
        "null, Matti Virtanen, Matti Virtanen, false",
        "null, ann@example.com, matti virtanen, false",
        "null, ann@example.com, Matti \u00a0 Virtanen, false",
        "null, Matti Virtanen, bert@example.com, false",
        "null, Matti Virtanen, Robert, true"
      })
  void only_counts_tell_signers_of_one_name_apart(
      @Nullable Integer count, String one, String other, boolean isSigned) {
    SentRequest namesakes =
        new SentRequest(
            FILES,
            List.of(
                new Participant("ann@example.com", "Matti Virtanen", true),
                new Participant("bert@example.com", "MATTI VIRTANEN", true)),
            List.of(),
            List.of(),
            false,
            Doubts.NONE);
    RequestState state =
        complete(
            count,
            List.of(
                new RequestState.Signature(one, Instant.EPOCH),
                new RequestState.Signature(other, Instant.EPOCH.plusSeconds(1))));

    assertThat(SignedRules.whyNotSigned(state, namesakes).isEmpty()).isEqualTo(isSigned);
  }

  @ParameterizedTest
  @CsvSource({
    "Anna A, Bob B, true",
    "Anna A, bert@example.com, true",
    "Anna Virtanen, Robert, true",
    "Anna A, Carl C, false",
    "Anna A, carl@example.com, false",
    "ann@example.com, Anna A, false",
    "ANNA A, ann@example.com, false"
  })
  void a_watcher_or_a_person_listed_twice_does_not_stand_for_a_signer(
      String one, String other, boolean isSigned) {
    SentRequest sent =
        new SentRequest(
            FILES,
            List.of(
                new Participant("ann@example.com", "Anna A", true),
                new Participant("bert@example.com", "Bob B", true),
                new Participant("carl@example.com", "Carl C", false)),
            List.of(),
            List.of(),
            false,
            Doubts.NONE);
    List<RequestState.Signature> signatures =
        List.of(
            new RequestState.Signature(one, Instant.EPOCH),
            new RequestState.Signature(other, Instant.EPOCH));

    for (Integer count : Arrays.asList(null, 2)) {
      assertThat(SignedRules.whyNotSigned(complete(count, signatures), sent).isEmpty())
          .as("count %s", count)
          .isEqualTo(isSigned);
    }
  }

  @Test
  void counts_decide_about_unknown_namesakes_and_an_incomplete_list() {
    RequestState.Signature matti = new RequestState.Signature("Matti", Instant.EPOCH);

    for (List<RequestState.Signature> listed : List.of(List.of(matti), List.of(matti, matti))) {
      assertThat(SignedRules.whyNotSigned(complete(2, listed), SENT)).isEmpty();
      assertThat(SignedRules.whyNotSigned(complete(null, listed), SENT)).isPresent();
    }
  }

  @Test
  void a_signature_without_a_name_makes_signatures_incomparable() {
    RequestState state =
        complete(
            null,
            List.of(
                new RequestState.Signature("ann@example.com", null),
                new RequestState.Signature(null, null)));

    assertThat(SignedRules.whyNotSigned(state, SENT)).isEmpty();
  }

  static Stream<Arguments> unsigned() {
    return Stream.of(
        arguments("a signer", "Bert@example.com", null, List.of(), false),
        arguments("a person who is not known", "Bertil", null, List.of(), false),
        arguments("a person without a name", "", null, List.of(), false),
        arguments("a signer, who is counted", "bert@example.com", 2, List.of(), true),
        arguments("a watcher", "wanda@example.com", null, List.of(), true),
        arguments("another one beside all signers", "Bertil", null, SIGNERS, true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsigned")
  void a_person_who_is_listed_as_not_having_signed_blocks_unless_all_signers_are_known_to_have(
      String who, String name, @Nullable Integer count, List<String> signed, boolean isSigned) {
    Participant watcher = new Participant("wanda@example.com", null, false);
    SentRequest sent =
        new SentRequest(
            FILES,
            Stream.concat(ASKED.stream(), Stream.of(watcher)).toList(),
            List.of(),
            List.of(),
            false,
            Doubts.NONE);
    RequestState state = complete(FILES, SIGNED, count, count, signed);
    RequestState without =
        new RequestState(
            state.id(),
            state.status(),
            state.statusText(),
            state.title(),
            state.fileIds(),
            state.signedFileIds(),
            state.signaturesRequested(),
            state.signaturesCompleted(),
            state.signedData(),
            List.of(name),
            null,
            null);

    assertThat(SignedRules.whyNotSigned(without, sent).isEmpty()).as(who).isEqualTo(isSigned);
  }

  private static RequestState complete(
      @Nullable Integer count, List<RequestState.Signature> signatures) {
    return new RequestState(
        "r1",
        SigningStatus.COMPLETE,
        "complete",
        null,
        FILES,
        SIGNED,
        count,
        count,
        signatures,
        List.of(),
        null,
        null);
  }

  private static RequestState complete(
      List<String> files,
      List<String> signedFiles,
      @Nullable Integer requested,
      @Nullable Integer completed,
      List<String> signedBy) {
    return new RequestState(
        "r1",
        SigningStatus.COMPLETE,
        "complete",
        "Contract",
        files,
        signedFiles,
        requested,
        completed,
        signedBy.isEmpty()
            ? null
            : signedBy.stream().map(by -> new RequestState.Signature(by, null)).toList(),
        List.of(),
        null,
        null);
  }
}
