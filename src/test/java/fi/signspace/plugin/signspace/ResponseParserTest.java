package fi.signspace.plugin.signspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.RequestState.Signature;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signspace.http.UnreadableResponseException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Possible responses of SignSpace, which the guide leaves mostly open. */
class ResponseParserTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void every_known_field_is_parsed() throws UnreadableResponseException {
    JsonNode response =
        json(
            """
            [{"_id": "r1", "title": "Lease", "status": "in_progress", "files": ["d1", "d2"],
              "signed_files": ["s1"], "signatures_requested_count": 2,
              "signatures_completed_count": 1,
              "signed_data": [{"signed_by": "a@example.com", "signed_at": "2026-03-01T10:00:00Z"}],
              "message_url": "https://signspace.example/r1", "created_at": 1772359200,
              "anything": {"else": true}}]
            """);

    RequestState request = ResponseParser.requests(response).get(0);

    assertThat(request.id()).isEqualTo("r1");
    assertThat(request.title()).isEqualTo("Lease");
    assertThat(request.status()).isEqualTo(SigningStatus.IN_PROGRESS);
    assertThat(request.fileIds()).containsExactly("d1", "d2");
    assertThat(request.signedFileIds()).containsExactly("s1");
    assertThat(request.signaturesRequested()).isEqualTo(2);
    assertThat(request.signaturesCompleted()).isEqualTo(1);
    assertThat(request.signatures())
        .containsExactly(new Signature("a@example.com", Instant.parse("2026-03-01T10:00:00Z")));
    assertThat(request.url()).isEqualTo("https://signspace.example/r1");
    assertThat(request.createdAt()).isEqualTo("2026-03-01T10:00:00Z");
  }

  @Test
  void a_file_that_is_listed_twice_is_one_file() throws UnreadableResponseException {
    JsonNode response =
        json("{'_id': 'r1', 'signed_files': ['s1', {'_id': 's1'}, 's2']}".replace('\'', '"'));

    RequestState request = ResponseParser.requests(response).get(0);

    assertThat(request.signedFileIds()).containsExactly("s1", "s2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e400", "'x'"})
  void a_creation_time_that_is_none_is_ignored(String time) throws UnreadableResponseException {
    String text = "{'_id': 'r1', 'created_at': %s}".formatted(time).replace('\'', '"');

    assertThat(ResponseParser.requests(json(text)).get(0).createdAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'_id': 'r1'}]",
        "[null, {'title': 'no id'}, {'_id': 'r1'}]",
        "{'tasks': [{'_id': 'r1'}], 'total': 1}",
        "{'tasks': {'_id': 'r1'}}",
        "{'_id': 'r1'}",
        "{'id': 'r1'}",
        "{'_id': {'$oid': 'r1'}}",
        "{'_id': 'r1', 'title': null, 'status': null, 'files': null, 'signed_files': null,"
            + " 'signatures_requested_count': null, 'signed_data': null, 'created_at': null}",
        "{'_id': 'r1', 'files': [null, {}], 'signatures_requested_count': 'many',"
            + " 'created_at': 'yesterday'}"
      })
  void missing_values_are_null_or_empty(String response) throws UnreadableResponseException {
    assertThat(ResponseParser.requests(json(response)))
        .containsExactly(
            new RequestState(
                "r1",
                SigningStatus.UNKNOWN,
                "",
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'signed_by': 'a', 'signed_at': '2026-03-01T12:00:00Z'}, {'signed_by': 'b', 'signed_at': null} | complete | null | 1",
        "{'signed_by': 'a', 'signed_at': '2026-03-01T12:00:00Z'}, {'signed_by': 'b', 'signed_at': 'pending'} | complete | null | 1",
        "{'signed_by': 'a'}, {'signed_by': 'b'} | complete | null | 2",
        "{'signed_by': 'a'}, {'signed_by': 'b', 'signed_at': null} | open | null | 0",
        "{'signed_by': 'a'}, {'signed_by': 'b'} | open | 2 | 2",
        "{'signed_by': 'a'}, {'signed_by': 'b'} | complete | 1 | 0",
        "{'signed_by': 'a', 'signed_at': 'soon'}, {'signed_by': 'b', 'signed_at': 1} | open | null | 2",
        "{'signed_by': 'a', 'signed_at': ''}, {'signed_by': 'b', 'signed_at': false} | open | 0 | 0",
        "{'signed_by': 'a', 'signed_at': null}, {'signed_by': 'b', 'signed_at': null} | complete | null | 0",
        "{'signed_by': 'a', 'signed_at': null}, {'signed_by': 'b', 'signed_at': null} | complete | 2 | 2",
        "{'signed_by': 'a', 'signed_at': '-'}, {'signed_by': 'b', 'signed_at': '0000-00-00 00:00:00'} | open | null | 0",
        "{}, {} | complete | null | 0",
        "'a', 'b' | complete | null | 2",
        "'a', 'b' | open | null | 0",
      })
  void a_person_without_a_time_has_not_signed_unless_all_have(
      String listed, String status, String completed, int signatures)
      throws UnreadableResponseException {
    String response =
        "{'_id': 'r1', 'status': '%s', 'signatures_completed_count': %s, 'signed_data': [%s]}"
            .formatted(status, completed, listed);

    assertThat(ResponseParser.requests(json(response)).get(0).signatures()).hasSize(signatures);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'signed_data': [{'signed_by': 'b', 'signed_at': '2026-03-01T12:00:00Z', 'declined': true}] | 0",
        "'signed_data': [{'signed_by': 'a', 'signed_at': '2026-03-01T12:00:00Z'}, {'signed_by': 'b', 'status': 'Declined'}] | 1",
        "'signed_data': [{'signed_by': {'email': 'b'}, 'rejected_at': '2026-03-01T12:00:00Z'}] | 0",
        "'participants': [{'handle': 'a'}, {'handle': 'b', 'state': 'rejected'}] | 0",
        "'participants': [{'handle': 'b', 'declinedAt': 1772366400}] | 0",
        "'signatories': [{'handle': 'b', 'has_declined': 'yes'}] | 0",
        "'participants': [{'handle': 'b', 'refused': true}] | 0",
        "'participants': [{'handle': 'b', 'decline_reason': 'too expensive'}] | 0",
      })
  void a_person_who_is_marked_as_having_declined_has_declined_the_request(
      String marked, int signatures) throws UnreadableResponseException {
    for (String status : List.of("open", "in_progress", "complete", "overdue")) {
      RequestState request = parsed("'status': '%s', %s".formatted(status, marked));

      assertThat(request.statusText()).isEqualTo("declined");
      assertThat(request.signatures()).hasSize(signatures);
    }
    assertThat(parsed("'status': 'cancelled', " + marked).statusText()).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'participants': [{'handle': 'b', 'declined': false, 'declined_at': null, 'rejected': '', 'can_decline': true, 'decline_disabled': 'x', 'status': 'pending'}]",
        "'signed_data': [{'signed_by': 'B', 'signed_at': '2026-03-02T12:00:00Z'}, {'signed_by': 'b', 'declined_at': '2026-03-01T12:00:00Z'}]",
        "'signed_data': [{'signed_by': 'b', 'signed_at': '2026-03-02T12:00:00Z'}], 'participants': [{'handle': 'b', 'declined': true}]",
        "'participants': ['b'], 'signers': null"
      })
  void a_person_who_may_decline_or_has_signed_since_has_not_declined(String people)
      throws UnreadableResponseException {
    assertThat(parsed("'status': 'open', " + people).statusText()).isEqualTo("open");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'participants': [{'handle': 'a', 'signed': true}, {'handle': 'b', 'signed': false}]",
        "'participants': [{'handle': 'b', 'is_signed': 'no'}]",
        "'signers': [{'handle': 'b', 'status': 'Pending'}]",
        "'signers': [{'handle': 'b', 'cannot_sign': true}]",
        "'participants': [{'handle': 'a', 'status': 'signed'}, {'handle': 'b', 'status': 'viewed'}]",
        "'participants': [{'handle': 'a', 'signed_at': '2026-03-01T12:00:00Z'}, {'handle': 'b', 'signed_at': null}]",
        "'signed_data': [{'signed_by': 'a', 'signed_at': '2026-03-01T12:00:00Z'}, {'signed_by': 'b', 'signed_at': '1970-01-01T00:00:00Z'}]",
        "'signed_data': [{'signed_by': 'a', 'status': 'signed'}, {'signed_by': 'b', 'status': 'pending'}]"
      })
  void a_person_who_is_listed_without_a_signature_has_not_signed(String people)
      throws UnreadableResponseException {
    RequestState request = parsed("'status': 'complete', " + people);

    assertThat(request.status()).isEqualTo(SigningStatus.COMPLETE);
    assertThat(request.unsigned()).containsExactly("b");
    assertThat(request.signatures()).extracting(Signature::signedBy).doesNotContain("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'participants': [{'handle': 'a', 'signed': true}, {'handle': 'b'}]",
        "'participants': [{'handle': 'a', 'can_sign': false, 'signed': null, 'status': 'active'}]",
        "'participants': [{'handle': 'a', 'signed_at': null}, {'handle': 'b', 'signed_at': null}]",
        "'participants': [{'handle': 'a', 'status': 'signed'}, {'handle': 'b', 'status': 'completed'}]"
      })
  void other_fields_of_people_say_nothing(String people) throws UnreadableResponseException {
    assertThat(parsed("'status': 'complete', " + people).unsigned()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Anna A <a@example.com>", "mailto:a@example.com", "a@example.com (Anna, A.)"})
  void a_name_with_an_address_is_the_address(String name) throws UnreadableResponseException {
    assertThat(
            parsed("'status': 'complete', 'signed_data': [{'signed_by': '%s'}]".formatted(name))
                .signatures())
        .extracting(Signature::signedBy)
        .containsExactly("a@example.com");
  }

  private static RequestState parsed(String fields) throws UnreadableResponseException {
    return ResponseParser.requests(json("{'_id': 'r1', %s}".formatted(fields))).get(0);
  }

  @Test
  void people_may_be_listed_as_plain_texts() throws UnreadableResponseException {
    assertThat(parsed("'status': 'complete', 'signed_data': ['a@example.com']").signatures())
        .containsExactly(new Signature("a@example.com", null));
  }

  @Test
  void text_that_no_database_stores_is_replaced() throws UnreadableResponseException {
    RequestState request =
        ResponseParser.requests(
                json("{'_id': 'r1', 'status': 'a\\u0000b', 'title': 'c\\ud83d \\ud83d\\ude00'}"))
            .get(0);

    assertThat(request.statusText()).isEqualTo("a\uFFFDb");
    assertThat(request.title()).isEqualTo("c\uFFFD \uD83D\uDE00");
  }

  @Test
  void a_personal_identity_code_is_masked() throws UnreadableResponseException {
    RequestState request =
        ResponseParser.requests(
                json(
                    "{'_id': 'r1', 'status': 'at 131052-308T', 'title': 'of 131052-308T',"
                        + " 'signed_data': [{'signed_by': {'name': 'Anna (131052-308T)'},"
                        + " 'signed_at': '2026-03-01T12:00:00Z'}]}"))
            .get(0);

    assertThat(request.toString()).contains("Anna (").doesNotContain("308T");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0401234567@example.com", "Lease 123456-12", "Offer 240101-001"})
  void what_may_have_been_sent_remains_comparable(String text) throws UnreadableResponseException {
    RequestState request =
        ResponseParser.requests(
                json(
                    "{'_id': 'r1', 'title': '%1$s', 'signed_data': [{'signed_by': '%1$s', 'signed_at': 'now'}]}"
                        .formatted(text)))
            .get(0);

    assertThat(request.title()).isEqualTo(text);
    assertThat(request.signatures())
        .extracting(RequestState.Signature::signedBy)
        .containsExactly(text);
  }

  @Test
  void told_signatures_of_no_one_are_not_missing_ones() throws UnreadableResponseException {
    assertThat(ResponseParser.requests(json("{\"_id\": \"r1\", \"signed_data\": []}")))
        .extracting(RequestState::signedData)
        .containsExactly(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{'tasks': []}", "{'tasks': null}"})
  void an_empty_list_of_requests_is_valid(String response) throws UnreadableResponseException {
    assertThat(ResponseParser.requests(json(response))).isEmpty();
  }

  @Test
  void ids_and_people_may_be_objects_and_numbers_may_be_text() throws UnreadableResponseException {
    JsonNode response =
        json(
            """
            {"_id": "r1", "files": [{"_id": "d1"}, {"id": "d2"}, "d3", 4], "signed_files": "s1",
             "signatures_completed_count": "1",
             "signed_data": {"signed_by": {"name": "Anna"}, "signed_at": "2026-03-01"}}
            """);

    RequestState request = ResponseParser.requests(response).get(0);

    assertThat(request.fileIds()).containsExactly("d1", "d2", "d3", "4");
    assertThat(request.signedFileIds()).containsExactly("s1");
    assertThat(request.signaturesCompleted()).isEqualTo(1);
    assertThat(request.signatures())
        .containsExactly(new Signature("Anna", Instant.parse("2026-03-01T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "cancelled, CANCELLED",
    "canceled, CANCELLED",
    "COMPLETE, COMPLETE",
    "overdue, OVERDUE",
    "archived, UNKNOWN"
  })
  void a_status_is_parsed_in_any_spelling_and_kept_as_received(String text, SigningStatus status)
      throws UnreadableResponseException {
    RequestState request =
        ResponseParser.requests(json("{'_id': 'r1', 'status': '" + text + "'}")).get(0);

    assertThat(request.status()).isEqualTo(status);
    assertThat(request.statusText()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'_id': 'x1'}", "[{'_id': 'x1'}]", "{'file': {'_id': 'x1'}}"})
  void the_id_of_a_created_object_is_found(String response) throws UnreadableResponseException {
    assertThat(ResponseParser.createdFile(json(response))).isEqualTo("x1");
    assertThat(ResponseParser.createdRequest(json(response)).id()).isEqualTo("x1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "'x1'",
        "{'ok': false, 'error': 'busy'}",
        "{'_id': ''}",
        "{'_id': null}",
        "[{'_id': 'x1'}, {'_id': 'x2'}]"
      })
  void a_created_object_must_have_exactly_one_id(String response) {
    assertThatThrownBy(() -> ResponseParser.createdFile(json(response)))
        .isInstanceOf(UnreadableResponseException.class);
    assertThatThrownBy(() -> ResponseParser.createdRequest(json(response)))
        .isInstanceOf(UnreadableResponseException.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      textBlock =
          """
          '"2026-03-01T10:00:00Z"',         2026-03-01T10:00:00Z
          '"2026-03-01T12:00:00+02:00"',    2026-03-01T10:00:00Z
          '"2026-03-01T12:00:00.5+0200"',   2026-03-01T10:00:00.5Z
          '"2026-03-01T10:00:00.123456"',   2026-03-01T10:00:00.123456Z
          '"2026-03-01 10:00:00"',          2026-03-01T10:00:00Z
          '"2026-03-01 10:00:00+00:00"',    2026-03-01T10:00:00Z
          '"2026-03-01T10:00"',             2026-03-01T10:00:00Z
          '"2026-03-01"',                   2026-03-01T00:00:00Z
          1772359200,                       2026-03-01T10:00:00Z
          1772359200.5,                     2026-03-01T10:00:00.5Z
          1772359200000,                    2026-03-01T10:00:00Z
          '"1772359200"',                   2026-03-01T10:00:00Z
          '{"$date": 1772359200000}',       2026-03-01T10:00:00Z
          20260301100000,                   none
          '"yesterday"',                    none
          '"2026-02-30"',                   none
          '""',                             none
          null,                             none
          true,                             none
          """)
  void timestamps_are_parsed_in_many_formats_and_never_fail(String date, @Nullable Instant moment) {
    assertThat(LenientDateParser.read(json(date))).isEqualTo(moment);
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
