package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule for the payload of {@code tasks.signingRequest.create}. */
class NewTaskTest extends SandboxTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String CREATE = "tasks.signingRequest.create";

  @Test
  void a_request_with_all_parameters_is_created() throws IOException {
    Map<String, Object> request = validRequest();
    request.put("description", "Please sign");
    request.put("recipient_language", "fi");
    request.put("signature_strength", "strong");
    request.put("invitation_type", "force_swr");
    request.put("due_date", clock.instant().plusSeconds(86_400).toString());
    request.put("participants_list_order_respected", true);
    request.put("signing_discussion_disabled", true);
    request.put("overdue_signing_disabled", false);
    request.put("cannot_sign_disabled", true);
    request.put("is_protected", true);
    request.put("owners_handles", List.of("boss@example.com", "group:63a199d56cd3aa8f6875e3b3"));
    request.put("metadata_template", "6659c53f6cd3aa12a84e08f3");
    request.put("metadata", Map.of("6659c5826cd3aa12a84e08f4", Map.of("value", "A")));
    request.put(
        "participants",
        List.of(
            Map.of("handle", ANNA, "role", "signer", "display_name", "Anna", "position", 1),
            Map.of("handle", BERT, "role", "signer", "position", 1, "nin", "131052-308T"),
            Map.of("handle", "cc@example.com", "role", "watcher")));

    JsonNode created = sandbox.apiPost(CREATE, request).ok().json();

    assertThat(created.get("_id").textValue()).matches("[0-9a-f]{24}");
    assertThat(created.get("status").textValue()).isEqualTo("open");
    assertThat(created.get("title").textValue()).isEqualTo("Contract");
    assertThat(created.get("files").size()).isEqualTo(1);
    assertThat(created.get("signed_files").size()).isZero();
    assertThat(created.get("signatures_requested_count").intValue()).isEqualTo(2);
    assertThat(created.get("signatures_completed_count").intValue()).isZero();
    assertThat(created.get("message_url").textValue())
        .isEqualTo(sandbox.uri("/sandbox/requests/" + created.get("_id").textValue()).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acting_handle",
        "title",
        "files",
        "participants",
        "version",
        "create_conversation"
      })
  void a_missing_mandatory_parameter_is_rejected(String name) throws IOException {
    Map<String, Object> request = validRequest();
    request.remove(name);

    var response = sandbox.apiPost(CREATE, request);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("message").textValue()).startsWith(name + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'colour': 'red'} | colour: unknown parameter",
        "{'title': ''} | title: is empty",
        "{'title': null} | title: must be a string",
        "{'title': 7} | title: must be a string",
        "{'description': ['a']} | description: must be a string",
        "{'acting_handle': 'robot'} | acting_handle: must be an e-mail address",
        "{'version': 'v1'} | version: must be v2",
        "{'create_conversation': false} | create_conversation: must be true",
        "{'create_conversation': 'true'} | create_conversation: must be true or false, not a string",
        "{'is_protected': 'true'} | is_protected: must be true or false",
        "{'signing_discussion_disabled': 1} | signing_discussion_disabled: must be true or false",
        "{'overdue_signing_disabled': 'false'} | overdue_signing_disabled: must be true or false",
        "{'cannot_sign_disabled': null} | cannot_sign_disabled: must be true or false",
        "{'participants_list_order_respected': 'x'} | participants_list_order_respected: must be true or false",
        "{'recipient_language': 'de'} | recipient_language: must be one of en, fi, sv",
        "{'recipient_language': 'EN'} | recipient_language: must be one of",
        "{'signature_strength': 'medium'} | signature_strength: must be one of light, strong",
        "{'invitation_type': 'none'} | invitation_type: must be one of default_signing, force_swr",
        "{'files': []} | files: must name at least one",
        "{'files': 'x'} | files: must be a list",
        "{'files': [1]} | files: must be a list of strings",
        "{'files': ['x']} | files: must be an id",
        "{'files': ['0123456789abcdef01234567']} | files: unknown file",
        "{'files': ['0123456789abcdef01234567', '0123456789abcdef01234567']} | files: names the same id twice",
        "{'participants': []} | participants: must have at least one signer",
        "{'participants': {}} | participants: must be a list",
        "{'participants': ['a@b.fi']} | participants: must be a list of objects",
        "{'participants': [{'handle': 'a@b.fi', 'role': 'watcher'}]} | participants: must have at least one signer",
        "{'participants': [{'role': 'signer'}]} | participants[0].handle: is mandatory",
        "{'participants': [{'handle': 'anna', 'role': 'signer'}]} | participants[0].handle: must be an e-mail address",
        "{'participants': [{'handle': 'a@b.fi'}]} | participants[0].role: is mandatory",
        "{'participants': [{'handle': 'a@b.fi', 'role': 'SIGNER'}]} | participants[0].role: must be one of signer, watcher",
        "{'participants': [{'handle': 'a@b.fi', 'role': 'signer', 'display_name': ''}]} | participants[0].display_name: is empty",
        "{'participants': [{'handle': 'a@b.fi', 'role': 'signer', 'displayName': 'A'}]} | participants[0].displayName: unknown",
        "{'participants': [{'handle': 'a@b.fi', 'role': 'signer', 'position': 1}]} | participants[0].position: needs",
        "{'participants': [{'handle': 'a@b.fi', 'role': 'signer', 'nin': '131052-308T'}]} | participants[0].nin: needs is_protected",
        "{'participants': [{'handle': 'a@b.fi', 'role': 'signer'}, {'handle': 'A@b.fi', 'role': 'signer'}]} | participants: must not name",
        "{'participants_list_order_respected': true, 'participants': [{'handle': 'a@b.fi', 'role': 'signer', 'position': '1'}]} | participants[0].position: must be a whole number",
        "{'participants_list_order_respected': true, 'participants': [{'handle': 'a@b.fi', 'role': 'signer', 'position': 0}]} | participants[0].position: must be 1 or more",
        "{'owners_handles': ['boss']} | owners_handles: must be e-mail addresses or group:",
        "{'owners_handles': ['group:123']} | owners_handles: must be e-mail addresses or group:",
        "{'owners_handles': 'boss@b.fi'} | owners_handles: must be a list",
        "{'due_date': 'tomorrow'} | due_date: must be an ISO 8601",
        "{'due_date': '31.12.2099'} | due_date: must be an ISO 8601",
        "{'due_date': 4102444800} | due_date: must be a string",
        "{'due_date': '2020-01-01'} | due_date: must be in the future",
        "{'due_date': '2020-01-01T12:00:00+02:00'} | due_date: must be in the future",
        "{'metadata': {}} | metadata: needs metadata_template",
        "{'metadata_template': 'x'} | metadata_template: must be an id",
        "{'metadata_template': '6659c53f6cd3aa12a84e08f3', 'metadata': []} | metadata: must be an object",
        "{'metadata_template': '6659c53f6cd3aa12a84e08f3', 'metadata': {'field': {'value': 1}}} | metadata: must have ids",
        "{'metadata_template': '6659c53f6cd3aa12a84e08f3', 'metadata': {'6659c5826cd3aa12a84e08f4': 'A'}} | metadata: must have {\"value\""
      })
  void each_invalid_parameter_is_rejected_by_name(String changes, String message)
      throws IOException {
    ObjectNode request = MAPPER.valueToTree(validRequest());
    request.setAll((ObjectNode) MAPPER.readTree(changes.replace('\'', '"')));

    var response = sandbox.apiPost(CREATE, request);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("error").textValue()).isEqualTo("invalid_parameter");
    assertThat(response.json().get("message").textValue()).startsWith(message);
    assertThat(sandbox.apiGet("/tasks.list").json()).isEmpty();
  }

  @Test
  void a_rejection_does_not_quote_the_value() throws IOException {
    var participant = Map.of("handle", ANNA, "role", "signer", "nin", "131052-308T");

    var response = sandbox.apiPost(CREATE, with("participants", List.of(participant)));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text()).doesNotContain("131052");
  }

  @Test
  void only_the_presence_of_a_personal_identity_code_is_stored() throws IOException {
    var participants =
        List.of(Map.of("handle", ANNA, "role", "signer", "nin", "131052-308T"), signer(BERT));

    create(Map.of("is_protected", true, "participants", participants));
    var shown = sandbox.get("/sandbox/control/requests");

    assertThat(shown.text()).doesNotContain("131052");
    assertThat(shown.json().at("/0/participants/0/nin").textValue()).isEqualTo("given");
    assertThat(shown.json().at("/0/participants/1/nin").textValue()).isEqualTo("none");
  }

  @Test
  void today_is_a_valid_due_date() throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);

    var response = sandbox.apiPost(CREATE, with("due_date", today.toString()));

    assertThat(response.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"x\"", "{} x"})
  void a_body_that_is_not_a_json_object_is_rejected(String body) throws IOException {
    var response = sandbox.apiPost(CREATE, BodyPublishers.ofString(body));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("error").textValue()).isEqualTo("invalid_body");
  }

  @Test
  void the_same_request_sent_twice_is_two_requests() throws IOException {
    Map<String, Object> request = validRequest();

    sandbox.apiPost(CREATE, request).ok();
    sandbox.apiPost(CREATE, request).ok();

    assertThat(sandbox.apiGet("/tasks.list").json()).hasSize(2);
  }

  private Map<String, Object> with(String name, Object value) throws IOException {
    Map<String, Object> request = validRequest();
    request.put(name, value);
    return request;
  }
}
