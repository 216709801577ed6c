package fi.signspace.plugin.signing.input;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.Files;
import fi.signspace.plugin.signing.Participant;
import fi.signspace.plugin.signing.Participant.Role;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.input.Validation.Invalid;
import fi.signspace.plugin.signing.input.Validation.Valid;
import fi.signspace.plugin.signing.text.FileType;
import fi.signspace.plugin.testkit.FormProblems;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValidatorTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final long MEGABYTE = 1024 * 1024;
  private static final String NIN = "131052-308T";
  private static final String WRONG_NIN = "131052-308U";

  private final RequestValidator validator =
      new RequestValidator(
          new ValidationRules(
              Clock.fixed(NOW, ZoneOffset.UTC),
              ZoneId.of("Europe/Helsinki"),
              60 * MEGABYTE,
              ActingHandles.of(
                  "robot@example.com",
                  List.of(
                      "robot.email@domain.com",
                      "62a85fd06cd3aa6e70d1af2d",
                      "J\u00e4rvi@example.com"))));

  @Test
  void minimal_input_yields_a_request_with_the_defaults_of_signspace() {
    Map<String, Object> values = leastInput();

    SigningRequest request = valid(values);

    assertThat(request)
        .isEqualTo(
            new SigningRequest(
                "robot@example.com",
                "Contract",
                List.of(new Participant("anna@example.com", Role.SIGNER, null, null, null)),
                null,
                false,
                List.of(),
                Map.of(),
                Map.of()));
  }

  @Test
  void every_option_reaches_the_request() {
    Map<String, Object> values = everyOption();

    SigningRequest request = valid(values);

    assertThat(request)
        .isEqualTo(
            new SigningRequest(
                "ROBOT@example.com",
                "Contract",
                List.of(
                    new Participant("anna@example.com", Role.SIGNER, "Anna Virtanen", 1, null),
                    new Participant("olli@example.com", Role.SIGNER, null, 2, NIN),
                    new Participant("eva@example.com", Role.WATCHER, "Eva", null, null)),
                Instant.parse("2026-12-24T16:00:00Z"),
                true,
                List.of("boss@example.com", "group:63a199d56cd3aa8f6875e3b3"),
                Map.of("field1", "A", "field2", 7),
                Map.of(
                    StartOption.DESCRIPTION, "Please sign",
                    StartOption.RECIPIENT_LANGUAGE, "fi",
                    StartOption.SIGNATURE_STRENGTH, "strong",
                    StartOption.INVITATION_TYPE, "force_swr",
                    StartOption.METADATA_TEMPLATE, "6659c53f6cd3aa12a84e08f3",
                    StartOption.PARTICIPANTS_LIST_ORDER_RESPECTED, true,
                    StartOption.SIGNING_DISCUSSION_DISABLED, true,
                    StartOption.OVERDUE_SIGNING_DISABLED, false,
                    StartOption.CANNOT_SIGN_DISABLED, false)));
  }

  @Test
  void all_problems_are_reported_at_once() {
    Map<String, Object> values = new HashMap<>();
    values.put("participants", List.of(participant("anna.example", "boss", "postion", 1)));
    values.put("recipientLanguage", "de");
    values.put("dueDate", "tomorrow");
    values.put("isProtected", "perhaps");
    values.put("ownersHandles", List.of("group:1"));
    values.put("metadata", Map.of("field1", "A"));
    values.put("statusCheckInterval", "often");

    List<FieldError> problems = problems(values, List.of());

    assertThat(problems)
        .extracting(FieldError::field)
        .containsExactly(
            "document",
            "title",
            "participants[0].postion",
            "participants[0].handle",
            "participants[0].role",
            "recipientLanguage",
            "isProtected",
            "dueDate",
            "ownersHandles[0]",
            "metadataTemplate",
            "statusCheckInterval");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"TITLE", "PARTICIPANTS"})
  void an_option_that_is_null_or_blank_is_absent(StartOption option) {
    SigningRequest without = valid(leastInput());

    for (String nothing : Arrays.asList(null, "", " \t\u00a0")) {
      SigningRequest with = valid(with(option.variable(), nothing));
      assertThat(with).isEqualTo(without);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_value_of_the_wrong_type_is_one_problem_of_its_field(StartOption option) {
    List<FieldError> problems = problems(with(option.variable(), 42));

    assertThat(problems).extracting(FieldError::field).containsExactly(option.variable());
  }

  @ParameterizedTest
  @MethodSource("wrongInParticipants")
  void a_value_of_the_wrong_type_in_a_participant_is_one_problem_of_its_field(
      String key, Object value) {
    Map<String, Object> participant = participant("anna@example.com", "signer", key, value);

    List<FieldError> problems = problems(with("participants", List.of(participant)));

    assertThat(problems)
        .singleElement()
        .satisfies(p -> assertThat(p.field()).isEqualTo("participants[0]." + key))
        .satisfies(p -> assertThat(p.message()).startsWith("Participant 1: "));
  }

  static Stream<Arguments> wrongInParticipants() {
    return Stream.of(
        Arguments.of("handle", List.of("anna@example.com")),
        Arguments.of("role", 1),
        Arguments.of("displayName", true),
        Arguments.of("display_name", Map.of("first", "Anna")),
        Arguments.of("position", true),
        Arguments.of("nin", 7),
        Arguments.of("", "x"));
  }

  @Test
  void text_is_only_stripped() {
    String name = "Äiti \"O'Brien\"/\\ 😀 €".repeat(10);
    Map<String, Object> values = with("title", "\u00a0 " + name + "\n");

    SigningRequest request = valid(values);

    assertThat(request.title()).isEqualTo(name);
  }

  @Test
  void a_title_has_at_most_500_characters() {
    assertThat(valid(with("title", "😀".repeat(500))).title()).isEqualTo("😀".repeat(500));
    for (int length : new int[] {501, 4001}) {
      assertThat(problems(with("title", "x".repeat(length))))
          .containsExactly(
              new FieldError(
                  "title",
                  "The title has %s characters; shorten it to 500 at most.".formatted(length)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          contract.pdf | 62914560 |
          'a/b\\c: "Sopimus ä€😀".PDF' | 1 |
          contract.pdf | 0 | document2 (contract.pdf) is empty; add a file with content.
          contract.pdf | 62914561 | document2 (contract.pdf) has 60.1 MB, and at most 60 MB are allowed; add a smaller file.
          contract.pdf | 68157440 | document2 (contract.pdf) has 65 MB, and at most 60 MB are allowed; add a smaller file.
          '' | 1 | document2 has no file name; add the file again, named like contract.pdf.
          '  ' | 1 | document2 has no file name; add the file again, named like contract.pdf.
          """)
  void a_document_has_a_name_and_content_within_the_limit(
      String fileName, long size, @Nullable String message) {
    List<DocumentMetadata> documents = List.of(document(), document("document2", fileName, size));

    Validation validation = validator.validate(leastInput(), documents);

    assertThat(problemsOf(validation))
        .isEqualTo(message == null ? List.of() : List.of(new FieldError("document2", message)));
  }

  @ParameterizedTest
  @MethodSource("misnamedDocuments")
  void a_document_is_what_its_name_says(String fileName, byte[] content, boolean isFine) {
    DocumentMetadata document =
        new DocumentMetadata(
            "document1", fileName, "application/pdf", content.length, FileType.of(content));

    List<FieldError> problems = problems(leastInput(), List.of(document));

    assertThat(problems)
        .isEqualTo(
            isFine
                ? List.of()
                : List.of(
                    new FieldError(
                        "document1",
                        "document1 (%s) is named .pdf but is not a PDF; save it as a PDF and add it again."
                            .formatted(fileName))));
  }

  static Stream<Arguments> misnamedDocuments() {
    return Stream.of(
        Arguments.arguments("x.pdf", Files.PDF, true),
        Arguments.arguments("x.pdf", Files.pdfAfter(1019), true),
        Arguments.arguments("x.pdf", Files.pdfAfter(2000), false),
        Arguments.arguments("x.pdf", Files.JPEG, false),
        Arguments.arguments("X.PDF", Files.zip("word/document.xml"), false),
        Arguments.arguments("x.pdf", Files.PAGE, false),
        Arguments.arguments("x.pdf", new byte[] {1}, false),
        Arguments.arguments("x.jpg", Files.JPEG, true),
        Arguments.arguments("x.docx", Files.PDF, true),
        Arguments.arguments("x", Files.JPEG, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pdf", "application/pdf; name=Sopimus ja liite.pdf", "a/b, c/d", "*/*"})
  void a_document_that_the_engine_cannot_return_is_reported(String mimeType) {
    DocumentMetadata document = DocumentMetadata.unread("document1", "x.pdf", mimeType);

    List<FieldError> problems = problems(leastInput(), List.of(document));

    assertThat(problems).singleElement().extracting(FieldError::field).isEqualTo("document1");
    assertThat(problems.get(0).message()).contains("x.pdf", "“" + mimeType + "”");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "application/pdf", "text/plain; charset=UTF-8", "a/b;c=\"d e\""})
  void a_readable_media_type_is_valid(String mimeType) {
    DocumentMetadata document =
        new DocumentMetadata("document1", "x.pdf", mimeType, 10, FileType.PDF);

    assertThat(problems(leastInput(), List.of(document))).isEmpty();
  }

  @Test
  void a_file_name_is_shown_without_a_personal_identity_code() {
    DocumentMetadata document = document("document1", "Contract " + NIN + ".pdf", 0);

    List<FieldError> problems = problems(leastInput(), List.of(document));

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "document1",
                "document1 has a name that contains a personal identity code; rename the file."),
            new FieldError(
                "document1", "document1 (Contract ***.pdf) is empty; add a file with content."));
  }

  @Test
  void a_participant_that_is_not_an_object_is_a_problem() {
    List<Object> participants =
        Arrays.asList(participant("anna@example.com", "signer"), null, "olli@example.com");

    List<FieldError> problems = problems(with("participants", participants));

    assertThat(problems)
        .extracting(FieldError::field)
        .containsExactly("participants[1]", "participants[2]");
  }

  @Test
  void an_empty_list_has_no_participants() {
    List<FieldError> problems = problems(with("participants", List.of()));

    assertThat(problems).extracting(FieldError::field).containsExactly("participants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@example.com",
        "Anna.Maria+sign@mail.example.co.uk",
        "o'brien_1@example-firm.fi",
        "äiti@esimerkki.fi",
        "anna@päijänne.fi"
      })
  void an_email_address_is_a_handle(String handle) {
    SigningRequest request = valid(with("participants", List.of(participant(handle, "signer"))));

    assertThat(request.participants()).extracting(Participant::handle).containsExactly(handle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna.example",
        "anna@example",
        "@example.com",
        "anna@",
        "anna@@example.com",
        "anna@example..com",
        "anna..maria@example.com",
        ".anna@example.com",
        "anna@.example.com",
        "anna@-example.com",
        "anna maria@example.com",
        "anna@example.com, olli@example.com",
        "anna@example.com;",
        "Anna <anna@example.com>",
        "=?utf-8?q?olli=40example.org?=@example.com",
        "62a85fd06cd3aa6e70d1af2d"
      })
  void anything_else_is_not_a_handle(String handle) {
    List<Map<String, Object>> participants =
        List.of(participant("olli@example.com", "signer"), participant(handle, "signer"));

    List<FieldError> problems = problems(with("participants", participants));

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "participants[1].handle",
                "Participant 2: “"
                    + handle
                    + "” is not an e-mail address; write it like name@example.com."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0430nna@example.com",
        "anna@ex\u0430mple.com",
        "anna@example.c\u043em",
        "ann\u03b1@example.com"
      })
  void an_address_that_looks_like_another_is_rejected(String handle) {
    assertThat(problems(with("participants", List.of(participant(handle, "signer")))))
        .containsExactly(
            new FieldError(
                "participants[0].handle",
                "Participant 1: “%s” mixes Latin letters with letters of another alphabet that look like them; type it again."
                    .formatted(handle)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ivan.\u0438\u0432\u0430\u043d\u043e\u0432@\u043f\u0440\u0438\u043c\u0435\u0440.com",
        "\u03ac\u03bd\u03bd\u03b1@example.gr",
        "j\u00f6rg@stra\u00dfe.example"
      })
  void an_address_of_another_alphabet_is_accepted(String handle) {
    assertThat(problems(with("participants", List.of(participant(handle, "signer"))))).isEmpty();
  }

  @Test
  void a_long_handle_is_rejected_and_quoted_in_part() {
    String endless = "a@" + "a.".repeat(100_000) + "com";

    List<FieldError> problems =
        problems(with("participants", List.of(participant(endless, "signer"))));

    assertThat(problems)
        .singleElement()
        .satisfies(p -> assertThat(p.message()).hasSizeLessThan(200));
  }

  @Test
  void a_participant_needs_handle_and_role() {
    List<FieldError> problems = problems(with("participants", List.of(Map.of())));

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "participants[0].handle",
                "Participant 1: The e-mail address is missing; write it like name@example.com."),
            new FieldError(
                "participants[0].role",
                "Participant 1: The role is missing; write signer or watcher."));
  }

  @Test
  void a_misspelled_key_is_named_even_when_it_has_no_value() {
    Map<String, Object> participant = participant("anna@example.com", "signer");
    participant.put("postion", null);

    List<FieldError> problems = problems(with("participants", List.of(participant)));

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "participants[0].postion",
                "Participant 1: “postion” is not known; there are handle, role, displayName,"
                    + " position and nin."));
  }

  @Test
  void a_name_in_both_spellings_has_to_be_the_same() {
    Map<String, Object> same =
        participant("a@example.com", "signer", "displayName", "Anna", "display_name", "Anna ");
    Map<String, Object> other =
        participant("o@example.com", "signer", "displayName", "Anna", "display_name", "Olli");

    List<FieldError> problems = problems(with("participants", List.of(same, other)));

    assertThat(problems)
        .extracting(FieldError::field)
        .containsExactly("participants[1].displayName");
  }

  @Test
  void at_least_one_participant_is_a_signer() {
    List<FieldError> problems =
        problems(with("participants", List.of(participant("anna@example.com", "watcher"))));

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "participants",
                "There is no signer; give at least one participant the role signer."));
  }

  @ParameterizedTest
  @CsvSource({"signer, signer", "signer, watcher", "watcher, signer"})
  void no_participant_is_listed_twice(String first, String second) {
    List<Map<String, Object>> participants =
        List.of(
            participant("olli@example.com", "signer"),
            participant("anna@example.com", first),
            participant("Anna@Example.COM", second));

    List<FieldError> problems = problems(with("participants", participants));

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "participants[2].handle",
                "Participant 3: “Anna@Example.COM” is participant 2 already; list every person"
                    + " once, as signer or as watcher."));
  }

  @Test
  void a_name_is_not_the_address_of_another_participant() {
    List<Map<String, Object>> participants =
        List.of(
            participant("anna@example.com", "signer", "displayName", "anna@example.com"),
            participant("olli@example.com", "signer", "displayName", "Anna@Example.com"));

    assertThat(problems(with("participants", participants)))
        .containsExactly(
            new FieldError(
                "participants[1].displayName",
                "Participant 2: “Anna@Example.com” is the address of participant 1; write the"
                    + " name of this person, or leave it out."));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void a_position_is_a_whole_number_from_one(Object given, int position) {
    Map<String, Object> values =
        with("participants", List.of(participant("a@example.com", "signer", "position", given)));
    values.put("participantsListOrderRespected", true);

    SigningRequest request = valid(values);

    assertThat(request.participants()).extracting(Participant::position).containsExactly(position);
  }

  static Stream<Arguments> positions() {
    return Stream.of(
        Arguments.of(1, 1),
        Arguments.of(12L, 12),
        Arguments.of(2.0, 2),
        Arguments.of("3", 3),
        Arguments.of(" 4 ", 4));
  }

  @ParameterizedTest
  @MethodSource("wrongPositions")
  void any_other_position_is_one_problem(Object given) {
    Map<String, Object> values =
        with("participants", List.of(participant("a@example.com", "signer", "position", given)));
    values.put("participantsListOrderRespected", true);

    List<FieldError> problems = problems(values);

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "participants[0].position",
                "Participant 1: “position” must be a whole number from 1, like 1, 2 or 3."));
  }

  static Stream<Object> wrongPositions() {
    return Stream.of(0, -1, 1.5, Double.NaN, 1e30, Long.MAX_VALUE, "first", "1.", "0");
  }

  @Test
  void with_a_respected_order_every_signer_needs_a_position() {
    Map<String, Object> values =
        with(
            "participants",
            List.of(
                participant("anna@example.com", "signer", "position", 1),
                participant("olli@example.com", "signer"),
                participant("eva@example.com", "watcher")));
    values.put("participantsListOrderRespected", true);

    List<FieldError> problems = problems(values);

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "participants[1].position",
                "Participant 2: The position is missing; if signers sign in order, each"
                    + " needs one: 1, 2, 3 …"));
  }

  @Test
  void positions_need_a_respected_order() {
    Map<String, Object> values =
        with("participants", List.of(participant("a@example.com", "signer", "position", 1)));

    for (Boolean order : Arrays.asList(null, false)) {
      values.put("participantsListOrderRespected", order);
      List<FieldError> problems = problems(values);
      assertThat(problems)
          .containsExactly(
              new FieldError(
                  "participantsListOrderRespected",
                  "Participants have a position, but the order is not respected; switch"
                      + " “participantsListOrderRespected” on, or leave the positions out."));
    }
  }

  @Test
  void a_personal_identity_code_protects_the_request() {
    Map<String, Object> values =
        with(
            "participants", List.of(participant("a@example.com", "signer", "nin", " 131052-308t")));

    SigningRequest request = valid(values);

    assertThat(request.isProtected()).isTrue();
    assertThat(request.participants()).extracting(Participant::nin).containsExactly(NIN);
  }

  @Test
  void a_personal_identity_code_in_an_unprotected_request_is_a_problem() {
    Map<String, Object> values =
        with("participants", List.of(participant("a@example.com", "signer", "nin", NIN)));
    values.put("isProtected", "false");

    List<FieldError> problems = problems(values);

    assertThat(problems).extracting(FieldError::field).containsExactly("isProtected");
  }

  @Test
  void only_signers_have_a_personal_identity_code() {
    List<Map<String, Object>> participants =
        List.of(
            participant("anna@example.com", "signer"),
            participant("olli@example.com", "watcher", "nin", NIN));

    List<FieldError> problems = problems(with("participants", participants));

    assertThat(problems).extracting(FieldError::field).containsExactly("participants[1].nin");
  }

  @Test
  void in_a_protected_request_the_name_of_a_signer_needs_two_words() {
    Map<String, Object> values =
        with(
            "participants",
            List.of(
                participant("a@example.com", "signer", "displayName", "Anna-Liisa"),
                participant("b@example.com", "signer", "displayName", "Anna\u00a0Virtanen"),
                participant("c@example.com", "signer"),
                participant("d@example.com", "watcher", "displayName", "Olli")));
    values.put("isProtected", true);

    List<FieldError> problems = problems(values);

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "participants[0].displayName",
                "Participant 1: “Anna-Liisa” can never match; a protected request compares two"
                    + " words of the name, so write first and last name, or leave the name out."));
  }

  @Test
  void in_an_unprotected_request_a_name_may_have_one_word() {
    List<Map<String, Object>> participants =
        List.of(participant("a@example.com", "signer", "displayName", "Anna"));

    SigningRequest request = valid(with("participants", participants));

    assertThat(request.participants()).extracting(Participant::displayName).containsExactly("Anna");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("placesOfCodes")
  void no_problem_repeats_a_personal_identity_code(Map<String, Object> values) {
    List<FieldError> problems = problems(values);

    assertThat(problems).isNotEmpty();
    assertThat(FieldError.text(problems) + problems).doesNotContain("131052", "308");
  }

  static Stream<Map<String, Object>> placesOfCodes() {
    return Stream.of(
        with("participants", List.of(participant("a@example.com", "signer", "nin", WRONG_NIN))),
        with("participants", List.of(participant("a@example.com", "watcher", "nin", NIN))),
        with("participants", List.of(participant("a@example.com", "signer", "nin", 131052308))),
        with("participants", List.of(participant(NIN, "signer"))),
        with("participants", List.of(participant("a@example.com", NIN))),
        with("participants", List.of(participant("a@example.com", "signer", NIN, "x"))),
        with("participants", List.of(participant("a@example.com", "signer", "position", NIN))),
        with("participants", List.of(NIN)),
        with("participants", NIN),
        with("isProtected", NIN),
        with("recipientLanguage", NIN),
        with("actingHandle", "x " + NIN),
        with("dueDate", NIN),
        with("ownersHandles", List.of(Map.of("nin", NIN))),
        with("metadata", Map.of(NIN, Map.of("x", NIN))),
        with("statusCheckInterval", NIN));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24, 2026-11-24T21:59:59Z",
    "2026-12-31, 2026-12-31T21:59:59Z",
    "2027-06-30, 2027-06-30T20:59:59Z",
    "2026-12-31T16:00, 2026-12-31T14:00:00Z",
    "2026-12-31T16:00:00.5, 2026-12-31T14:00:00.5Z",
    "2026-12-31T16:00:00Z, 2026-12-31T16:00:00Z",
    "2026-12-31t16:00z, 2026-12-31T16:00:00Z",
    "2026-12-31T16:00:00+02:00, 2026-12-31T14:00:00Z",
    "2026-12-31T16:00:00.000+0200, 2026-12-31T14:00:00Z",
    "2026-12-31T16:00:00-05, 2026-12-31T21:00:00Z"
  })
  void a_due_date_may_have_any_iso8601_format(String given, Instant expected) {
    SigningRequest request = valid(with("dueDate", given));

    assertThat(request.dueDate()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("moments")
  void a_due_date_may_be_a_timestamp(Object given) {
    SigningRequest request = valid(with("dueDate", given));

    assertThat(request.dueDate()).isEqualTo(NOW.plusSeconds(60));
  }

  @SuppressWarnings("JavaUtilDate") // what an engine's Date variable holds
  static Stream<Object> moments() {
    Instant moment = NOW.plusSeconds(60);
    return Stream.of(moment, Date.from(moment), new java.sql.Date(moment.toEpochMilli()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30",
        "2027-13-01",
        "24.12.2026",
        "2026-12-24 16:00",
        "2026-12-24T24:00",
        "2026-12-24T16:00:00+25:00",
        "20261224",
        "+999999999999-01-01",
        "Christmas"
      })
  void an_invalid_date_is_rejected_with_an_example(String given) {
    List<FieldError> problems = problems(with("dueDate", given));

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "dueDate",
                "“" + given + "” is not a date; write it like 2026-12-08 or 2026-12-08T16:00."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-23", "2026-11-24T12:00", "2026-11-24T10:00:00Z", "0001-01-01"})
  void a_due_date_is_in_the_future(String given) {
    List<FieldError> problems = problems(with("dueDate", given));

    assertThat(problems)
        .containsExactly(
            new FieldError(
                "dueDate",
                "The due date “"
                    + given
                    + "” has passed; choose a later date, such as 2026-12-08."));
  }

  @Test
  void overdue_signing_may_be_disabled_without_a_due_date() {
    SigningRequest request = valid(with("overdueSigningDisabled", true));

    assertThat(request.options()).containsEntry(StartOption.OVERDUE_SIGNING_DISABLED, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recipientLanguage | “de” in “recipientLanguage” is not known; write en, fi or sv.
          signatureStrength | “de” in “signatureStrength” is not known; write light or strong.
          invitationType | “de” in “invitationType” is not known; write default_signing or force_swr.
          """)
  void an_option_has_one_of_signspaces_values(String option, String message) {
    List<FieldError> problems = problems(with(option, "de"));

    assertThat(problems).containsExactly(new FieldError(option, message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"robot.email@domain.com", "62a85fd06cd3aa6e70d1af2d"})
  void an_acting_handle_is_an_email_address_or_an_id(String handle) {
    SigningRequest request = valid(with("actingHandle", handle));

    assertThat(request.actingHandle()).isEqualTo(handle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "robot@example.com",
        "Robot.Email@DOMAIN.com",
        "Ja\u0308rvi@example.com",
        "J\u00c4RVI@EXAMPLE.COM"
      })
  void an_acting_handle_is_compared_ignoring_case(String handle) {
    SigningRequest request = valid(with("actingHandle", handle));

    assertThat(request.actingHandle()).isEqualTo(Normalizer.normalize(handle, Normalizer.Form.NFC));
  }

  @Test
  void an_acting_handle_must_be_allowed() {
    List<FieldError> problems = problems(with("actingHandle", "boss@example.com"));

    assertThat(problems).extracting(FieldError::field).containsExactly("actingHandle");
    assertThat(problems.get(0).message())
        .contains("boss@example.com", "robot@example.com", "robot.email@domain.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"robot email", "robot@domain", "group:63a199d56cd3aa8f6875e3b3"})
  void any_other_acting_handle_is_rejected(String handle) {
    List<FieldError> problems = problems(with("actingHandle", handle));

    assertThat(problems).extracting(FieldError::field).containsExactly("actingHandle");
  }

  @Test
  void owners_are_email_addresses_or_groups() {
    List<Object> owners =
        Arrays.asList(
            " anna@example.com ",
            "",
            null,
            "group:63A199D56CD3AA8F6875E3B3",
            "group:63a199d56cd3aa8f6875e3b",
            "olli",
            7);

    List<FieldError> problems = problems(with("ownersHandles", owners));

    assertThat(problems)
        .extracting(FieldError::field)
        .containsExactly("ownersHandles[4]", "ownersHandles[5]", "ownersHandles[6]");
    assertThat(problems.get(1).message())
        .isEqualTo(
            "Owner 6: “olli” is neither an e-mail address nor a group; write it like"
                + " name@example.com or like group:63a199d56cd3aa8f6875e3b3.");
  }

  @Test
  void metadata_is_unwrapped_without_empty_values() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("bare", " A ");
    metadata.put("wrapped", Map.of("value", "B"));
    metadata.put("list", List.of("C", "D"));
    metadata.put("flag", false);
    metadata.put("null", null);
    metadata.put("blank", " ");
    metadata.put("wrappedNull", Collections.singletonMap("value", null));
    Map<String, Object> values = with("metadata", metadata);
    values.put("metadataTemplate", "template1");

    SigningRequest request = valid(values);

    assertThat(request.metadata())
        .isEqualTo(Map.of("bare", "A", "wrapped", "B", "list", List.of("C", "D"), "flag", false));
  }

  @Test
  void metadata_needs_readable_ids_and_values() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put(" ", "A");
    metadata.put("typo", Map.of("vlaue", "B"));
    metadata.put("more", Map.of("value", "C", "label", "D"));
    Map<String, Object> values = with("metadata", metadata);
    values.put("metadataTemplate", "template1");

    List<FieldError> problems = problems(values);

    assertThat(problems)
        .extracting(FieldError::field)
        .containsExactly("metadata", "metadata.typo", "metadata.more");
  }

  @Test
  void metadata_needs_a_template_but_not_vice_versa() {
    List<FieldError> problems = problems(with("metadata", Map.of("field1", "A")));
    SigningRequest templateOnly = valid(with("metadataTemplate", "template1"));

    assertThat(problems).extracting(FieldError::field).containsExactly("metadataTemplate");
    assertThat(templateOnly.options()).containsEntry(StartOption.METADATA_TEMPLATE, "template1");
  }

  @ParameterizedTest
  @CsvSource({
    "PT1S, 10, true",
    "PT1S, 11, false",
    "PT59M59S, 100, false",
    "PT1H, 100, true",
    "P2D, 101, false"
  })
  void many_reminders_are_at_least_an_hour_apart(String every, int atMost, boolean isValid) {
    Map<String, Object> reminders = Map.of("every", every, "atMost", atMost);

    List<FieldError> problems = problems(with("reminders", reminders));

    assertThat(problems)
        .extracting(FieldError::field)
        .isEqualTo(isValid ? List.of() : List.of("reminders.atMost"));
  }

  @Test
  void the_default_number_of_reminders_is_reduced_for_short_intervals() {
    NoticeOptions options = validator.notices(with("reminders", Map.of("every", "PT1M")));

    Reminders reminders =
        options.reminders(new Reminders(Duration.ofDays(1), Duration.ofDays(1), 50));

    assertThat(reminders).isEqualTo(new Reminders(Duration.ofDays(1), Duration.ofMinutes(1), 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT0.999S", "PT0S", "-PT5M", "P366D", "P53W", "P1M", "P1Y", "5", "PT", "P"})
  void a_status_check_interval_is_a_positive_duration(String interval) {
    List<FieldError> problems = problems(with("statusCheckInterval", interval));

    assertThat(problems).extracting(FieldError::field).containsExactly("statusCheckInterval");
  }

  @Test
  void a_request_can_be_validated_without_its_documents() {
    Map<String, Object> values = leastInput();

    Validation validation = validator.validate(values);

    assertThat(validation).isEqualTo(validator.validate(values, List.of(document())));
  }

  @Test
  void documents_can_be_validated_without_their_request() {
    List<FieldError> none = validator.validateDocuments(List.of());
    List<FieldError> good = validator.validateDocuments(List.of(document()));

    assertThat(none).extracting(FieldError::field).containsExactly("document");
    assertThat(good).isEmpty();
  }

  @RepeatedTest(20)
  void no_random_input_makes_the_validator_fail(RepetitionInfo seed) {
    Random random = new Random(seed.getCurrentRepetition());
    Set<String> names = everyOption().keySet();

    for (int i = 0; i < 200; i++) {
      Map<String, Object> values = new HashMap<>();
      names.forEach(name -> values.put(name, anything(random, 3)));
      assertThat(problems(values)).isNotEmpty();
    }
  }

  private static @Nullable Object anything(Random random, int depth) {
    List<String> keys = List.of("handle", "role", "position", "nin", "displayName", "value", " ");
    return switch (random.nextInt(depth == 0 ? 8 : 10)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextDouble() * random.nextInt();
      case 3 -> random.nextLong();
      case 4 -> Instant.ofEpochSecond(random.nextInt());
      case 5 -> new byte[] {1};
      case 6 -> random.nextBoolean() ? "signer" : "true";
      case 7 ->
          random
              .ints(random.nextInt(20), 0, 0x1F700)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      case 8 -> Arrays.asList(anything(random, depth - 1), anything(random, depth - 1));
      default -> {
        Map<Object, Object> object = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.put(keys.get(random.nextInt(keys.size())), anything(random, depth - 1));
        }
        object.put(random.nextBoolean() ? null : random.nextInt(), "x");
        yield object;
      }
    };
  }

  private static Map<String, Object> everyOption() {
    Map<String, Object> values = leastInput();
    values.put("description", "Please sign");
    values.put("recipientLanguage", "fi");
    values.put("signatureStrength", "Strong");
    values.put("invitationType", "force_swr");
    values.put("metadataTemplate", "6659c53f6cd3aa12a84e08f3");
    values.put("metadata", Map.of("field1", "A", "field2", Map.of("value", 7)));
    values.put("actingHandle", "ROBOT@example.com");
    values.put("dueDate", "2026-12-24T16:00:00Z");
    values.put("participantsListOrderRespected", true);
    values.put("signingDiscussionDisabled", "true");
    values.put("overdueSigningDisabled", "FALSE");
    values.put("cannotSignDisabled", false);
    values.put("isProtected", true);
    values.put("ownersHandles", List.of("boss@example.com", "group:63a199d56cd3aa8f6875e3b3"));
    values.put("statusCheckInterval", "PT30M");
    values.put(
        "participants",
        List.of(
            participant(
                "anna@example.com", "signer", "displayName", "Anna Virtanen", "position", 1),
            participant("olli@example.com", "Signer", "position", "2", "nin", NIN),
            participant("eva@example.com", "WATCHER", "display_name", "Eva")));
    return values;
  }

  private static Map<String, Object> leastInput() {
    Map<String, Object> values = new HashMap<>();
    values.put("title", "Contract");
    values.put("participants", List.of(participant("anna@example.com", "signer")));
    return values;
  }

  private static Map<String, Object> with(String name, @Nullable Object value) {
    Map<String, Object> values = leastInput();
    values.put(name, value);
    return values;
  }

  private static Map<String, Object> participant(Object handle, Object role, Object... more) {
    Map<String, Object> participant = new LinkedHashMap<>();
    participant.put("handle", handle);
    participant.put("role", role);
    for (int i = 0; i < more.length; i += 2) {
      participant.put((String) more[i], more[i + 1]);
    }
    return participant;
  }

  private SigningRequest valid(Map<String, Object> values) {
    Validation validation = validator.validate(values, List.of(document()));
    assertThat(validation).isInstanceOf(Valid.class);
    return ((Valid) validation).request();
  }

  private List<FieldError> problems(Map<String, Object> values) {
    return problems(values, List.of(document()));
  }

  private List<FieldError> problems(Map<String, Object> values, List<DocumentMetadata> documents) {
    return problemsOf(validator.validate(values, documents));
  }

  private static List<FieldError> problemsOf(Validation validation) {
    List<FieldError> problems =
        Optional.of(validation)
            .filter(Invalid.class::isInstance)
            .map(Invalid.class::cast)
            .map(Invalid::problems)
            .orElse(List.of());
    problems.stream().map(FieldError::message).forEach(FormProblems::assertIsTranslated);
    return problems;
  }

  private static DocumentMetadata document() {
    return document("document1", "contract.pdf", 1000);
  }

  private static DocumentMetadata document(String variable, String fileName, long size) {
    return new DocumentMetadata(variable, fileName, "application/pdf", size, FileType.PDF);
  }
}
