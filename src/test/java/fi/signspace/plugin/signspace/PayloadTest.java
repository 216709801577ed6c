package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static fi.signspace.plugin.signspace.TestClients.HANDLE;
import static fi.signspace.plugin.signspace.TestClients.TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Participant;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.input.StartOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares requests with the guide. */
class PayloadTest {

  @RegisterExtension
  static final WireMockExtension SIGN_SPACE =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private final SignSpaceClient client = TestClients.of(SIGN_SPACE);

  @BeforeEach
  void answerEverything() {
    SIGN_SPACE.stubFor(any(anyUrl()).willReturn(okJson("{\"_id\": \"id1\"}")));
    TestClients.grantTokens(SIGN_SPACE);
  }

  @Test
  void the_payload_for_a_file_matches_the_guide() {
    Document document = new Document("Sopimus \"äö\" €.pdf", "application/pdf", bytes("test doc"));

    String id = client.uploadDocument(HANDLE, document, 7);

    assertThat(id).isEqualTo("id1");
    verifySent(
        "/api/v1/files.create",
        """
        {"acting_handle": "robot@example.com", "name": "Sopimus \\"äö\\" €.pdf",
         "base64": "dGVzdCBkb2M=", "importance_order": 7}
        """);
  }

  @Test
  void a_request_contains_every_parameter_of_the_guide() {
    SigningRequest request =
        new SigningRequest(
            HANDLE,
            "Lease",
            List.of(
                new Participant("a@example.com", Participant.Role.SIGNER, "Anna A", 1, "123456-12"),
                new Participant("b@example.com", Participant.Role.WATCHER, null, 2, null)),
            Instant.parse("2026-12-24T21:59:59Z"),
            true,
            List.of("owner@example.com", "group:63a1"),
            Map.of("f1", "Example", "f2", 5, "f3", "", "f4", false, "f5", List.of("x")),
            Map.of(
                StartOption.DESCRIPTION, "of the flat",
                StartOption.RECIPIENT_LANGUAGE, "fi",
                StartOption.SIGNATURE_STRENGTH, "strong",
                StartOption.INVITATION_TYPE, "force_swr",
                StartOption.METADATA_TEMPLATE, "t1",
                StartOption.PARTICIPANTS_LIST_ORDER_RESPECTED, true,
                StartOption.SIGNING_DISCUSSION_DISABLED, false,
                StartOption.OVERDUE_SIGNING_DISABLED, true,
                StartOption.CANNOT_SIGN_DISABLED, false));

    client.createSigningRequest(request, List.of("d1", "d2"));

    verifySent(
        "/api/v1/tasks.signingRequest.create",
        """
        {"version": "v2", "create_conversation": true, "acting_handle": "robot@example.com",
         "title": "Lease", "description": "of the flat", "files": ["d1", "d2"],
         "participants": [
           {"handle": "a@example.com", "role": "signer", "display_name": "Anna A", "position": 1,
            "nin": "123456-12"},
           {"handle": "b@example.com", "role": "watcher", "position": 2}],
         "recipient_language": "fi", "signature_strength": "strong", "invitation_type": "force_swr",
         "due_date": "2026-12-24T21:59:59Z",
         "participants_list_order_respected": true, "signing_discussion_disabled": false,
         "overdue_signing_disabled": true, "cannot_sign_disabled": false, "is_protected": true,
         "owners_handles": ["owner@example.com", "group:63a1"],
         "metadata_template": "t1",
         "metadata": {"f1": {"value": "Example"}, "f2": {"value": 5}, "f3": {"value": ""},
                      "f4": {"value": false}, "f5": {"value": ["x"]}}}
        """);
  }

  @Test
  void options_that_are_not_set_are_omitted() {
    SigningRequest request = request("Lease", null);

    client.createSigningRequest(request, List.of("d1"));

    verifySent(
        "/api/v1/tasks.signingRequest.create",
        """
        {"version": "v2", "create_conversation": true, "acting_handle": "robot@example.com",
         "title": "Lease", "files": ["d1"],
         "participants": [{"handle": "a@example.com", "role": "signer"}]}
        """);
  }

  @Test
  void a_request_is_cancelled_reopened_and_updated() {
    client.cancelRequest(HANDLE, "r1");
    client.reopenRequest(HANDLE, "r1");
    client.replaceDocuments(HANDLE, "r1", List.of("d3", "d4"));

    String task = "{\"acting_handle\": \"robot@example.com\", \"task\": \"r1\"}";
    verifySent("/api/v1/tasks.cancel", task);
    verifySent("/api/v1/tasks.open", task);
    verifySent(
        "/api/v1/tasks.signingRequest.update",
        """
        {"acting_handle": "robot@example.com", "task": "r1", "files": ["d3", "d4"]}
        """);
  }

  @Test
  void requests_are_read_with_repeated_id_parameters() {
    client.getRequests(List.of("r1", "r 2&x", "r1"));

    SIGN_SPACE.verify(
        1,
        getRequestedFor(urlEqualTo("/api/v1/tasks.get?id=r1&id=r%202%26x"))
            .withHeader("Authorization", equalTo("Bearer " + TOKEN)));
  }

  @Test
  void a_hundred_ids_are_read_in_one_call() {
    List<String> ids = IntStream.range(0, 100).mapToObj(i -> "r" + i).toList();

    client.getRequests(ids);

    SIGN_SPACE.verify(1, getRequestedFor(urlPathEqualTo("/api/v1/tasks.get")));
  }

  @Test
  void an_empty_list_of_ids_makes_no_call() {
    assertThat(client.getRequests(List.of())).isEmpty();

    SIGN_SPACE.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void requests_of_any_status_are_listed() {
    client.listRequests(100);

    SIGN_SPACE.verify(
        1, getRequestedFor(urlEqualTo("/api/v1/tasks.list?type=signing_request&limit=100")));
  }

  static SigningRequest request(String title, @Nullable String nin) {
    return new SigningRequest(
        HANDLE,
        title,
        List.of(new Participant("a@example.com", Participant.Role.SIGNER, null, null, nin)),
        null,
        nin != null,
        List.of(),
        Map.of(),
        Map.of());
  }

  private static void verifySent(String path, String json) {
    SIGN_SPACE.verify(
        1,
        postRequestedFor(urlEqualTo(path))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Authorization", equalTo("Bearer " + TOKEN))
            .withRequestBody(equalToJson(json)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
