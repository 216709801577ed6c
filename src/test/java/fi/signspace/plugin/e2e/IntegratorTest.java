package fi.signspace.plugin.e2e;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import fi.signspace.plugin.evidence.Coverage;
import fi.signspace.plugin.evidence.Coverage.SuppliedFile;
import fi.signspace.plugin.evidence.EvidenceKeys;
import fi.signspace.plugin.evidence.EvidenceVerifier;
import fi.signspace.plugin.evidence.Samples;
import fi.signspace.plugin.evidence.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Our REST API over real HTTP, with engine, workers and sandbox. */
@EndToEnd
class IntegratorTest {

  private static final String ANNA = "anna@example.com";

  /** A file name with characters that need encoding in headers. */
  private static final String ODD_NAME =
      "../a/Liite äöå € \"x\" 'y'; z=1 % 🖋 ".concat("n".repeat(166)).concat(".pdf");

  private static final byte[] LEASE = Pdfs.withText("Lease of a flat");

  @LocalServerPort private int port;

  private ApiClient api;
  private SandboxControl sandbox;
  private String key;

  @BeforeEach
  void reset() {
    api = new ApiClient(port, Login.DEMO);
    sandbox = new SandboxControl(port);
    sandbox.reset();
    key = "api-" + System.nanoTime();
  }

  @Test
  void documents_are_sent_signed_and_downloaded() {
    Form form =
        new Form()
            .json(request("By API"))
            .document("lease.pdf", LEASE)
            .document(ODD_NAME, Pdfs.withText("Annex"));

    Response started = api.start(form);
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    String id = started.json().get("id").asText();
    assertThat(started.header("Location")).isEqualTo("/api/signing-requests/" + id);
    JsonNode awaited = awaitStatus(id, "awaiting");
    assertThat(awaited.get("businessKey").asText()).isEqualTo(key);
    assertThat(awaited.get("title").asText()).isEqualTo("By API");
    assertThat(awaited.get("signaturesRequested").asInt()).isEqualTo(1);
    sandbox.sign(awaited.get("signingRequestId").asText(), ANNA);
    assertThat(api.act(id, "check").status()).isEqualTo(202);

    JsonNode signed = awaitStatus(id, "signed");
    assertThat(signed.get("signatures").get(0).get("signedBy").asText()).isEqualTo(ANNA);
    JsonNode documents = signed.get("signedDocuments");
    assertThat(documents).hasSize(2);
    assertThat(documents.get(1).get("fileName").asText()).isEqualTo(ODD_NAME);
    Response lease = api.getPath(documents.get(0).get("href").asText());
    assertThat(lease.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(lease.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"lease.pdf\"; filename*=UTF-8''lease.pdf");
    assertThat(lease.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(Pdfs.textOf(lease.response().body())).contains("Lease of a flat", ANNA);
    Response annex = api.getPath(documents.get(1).get("href").asText());
    assertThat(annex.header("Content-Disposition"))
        .contains("filename=\".._a_Liite ___ _ _x_ 'y'; z=1 _ ")
        .contains("filename*=UTF-8''.._a_Liite%20%C3%A4%C3%B6%C3%A5");
    assertThat(Pdfs.textOf(annex.response().body())).contains("Annex");
    assertThat(api.get(id + "/signed-documents/3").status()).isEqualTo(404);
    assertThat(signed.get("evidence").get("fileName").asText()).isEqualTo("By API-evidence.jws");
    Response evidence = api.getPath(signed.get("evidence").get("href").asText());
    assertThat(evidence.header("Content-Type")).isEqualTo("application/jose");
    assertThat(verify(evidence, lease, annex)).isInstanceOf(Verification.Valid.class);
    assertThat(verify(evidence, lease)).isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void a_timeline_tells_what_happened_and_who_did_it() {
    String id = started("Timeline");
    JsonNode awaited = awaitStatus(id, "awaiting");
    api.act(id, "cancel");
    awaitStatus(id, "needsDecision");
    api.act(id, "reopen");
    awaitStatus(id, "awaiting");
    sandbox.sign(awaited.get("signingRequestId").asText(), ANNA);
    api.act(id, "check");
    awaitStatus(id, "signed");

    JsonNode events = api.get(id + "/events").json();

    assertThat(texts(events, "type"))
        .containsExactly(
            "created",
            "uploaded",
            "sent",
            "decided",
            "cancelled",
            "decisionNeeded",
            "decided",
            "reopened",
            "signed",
            "checked",
            "downloaded",
            "ended");
    assertThat(texts(events, "at")).isSorted();
    assertThat(events.get(0).get("by").asText()).isEqualTo(Login.DEMO.user());
    assertThat(events.get(0).get("text").asText()).isEqualTo("demo created the request");
    assertThat(events.get(3).get("text").asText())
        .isEqualTo("It was decided to cancel the request");
    assertThat(events.get(8).get("by").asText()).isEqualTo(ANNA);
    assertThat(events.get(11).get("text").asText()).isEqualTo("The process ended: all have signed");
    assertThat(api.get("nobody/events").status()).isEqualTo(404);
  }

  private static List<String> texts(JsonNode events, String field) {
    List<String> texts = new ArrayList<>();
    events.forEach(event -> texts.add(event.get(field).asText()));
    return texts;
  }

  /** Verifies offline, with the published keys only. */
  private Verification verify(Response evidence, Response... documents) {
    EvidenceKeys keys = EvidenceKeys.forVerification(api.getPath("/api/evidence-keys").text());
    return new EvidenceVerifier(keys)
        .verify(
            evidence.response().body(),
            Coverage.of(
                Stream.of(documents)
                    .map(d -> new SuppliedFile("a file", Samples.sha256(d.response().body())))
                    .toList()));
  }

  @Test
  void every_wrong_field_is_named_and_nothing_is_started() {
    Form form =
        new Form()
            .json(
                """
                {"businessKey": "%s", "titel": "misspelled", "dueDate": "2001-01-01",
                 "description": "%s",
                 "participants": [{"handle": "nobody", "role": "boss"}]}\
                """
                    .formatted(key, "x".repeat(4001)))
            .document("empty.pdf", new byte[0]);

    Response response = api.start(form);

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(response.wrongFields())
        .containsExactlyInAnyOrder(
            "titel",
            "description",
            "document1",
            "title",
            "dueDate",
            "participants[0].handle",
            "participants[0].role");
    assertThat(list("businessKey=" + key).get("total").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"title\": \"secret 131052-308T\", | 400",
        "[1, 2] | 400",
        "{\"title\": \"a\", \"title\": \"b\"} | 400",
        "{} {} | 400",
        "null | 422",
        "{\"title\": \"a\\u0000b\"} | 422",
        "{\"businessKey\": 7} | 422",
        "{\"title\": {\"a\": 1}, \"participants\": \"x\", \"isProtected\": 5} | 422"
      })
  void an_invalid_request_is_rejected(String json, int status) {
    Response response = api.start(new Form().json(json).document("lease.pdf", LEASE));

    assertThat(response.status()).as(response.text()).isEqualTo(status);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(response.text()).doesNotContain("131052");
  }

  @Test
  void an_invalid_form_is_rejected() {
    String path = "/api/signing-requests";

    Response noForm = api.sendText(path, "application/json", "{}");
    assertThat(noForm.status()).isEqualTo(415);
    assertThat(noForm.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(api.sendText(path, "multipart/form-data; boundary=x", "nothing").status())
        .isBetween(400, 422);
    assertThat(api.start(new Form().document("lease.pdf", LEASE)).wrongFields())
        .containsExactly("request");
    assertThat(
            api.start(
                    new Form()
                        .json(request("Parts"))
                        .field("documents", "text")
                        .field("extra", "1"))
                .wrongFields())
        .containsExactlyInAnyOrder("documents", "extra", "document");
    assertThat(
            api.start(
                    new Form()
                        .json(request("Once"))
                        .json(request("Twice"))
                        .document("lease.pdf", LEASE))
                .wrongFields())
        .containsExactly("request");
    assertThat(
            api.start(new Form().json("{\"title\": \"" + "x".repeat(1024 * 1024) + "\"}")).status())
        .isEqualTo(413);
    Response noText = api.start(new Form().json(new byte[] {0, 0, (byte) 0xFF, (byte) 0xFE}));
    assertThat(noText.status()).isEqualTo(400);
    assertProblem(noText, "is not a JSON object");
  }

  @Test
  void an_invalid_query_is_rejected_with_the_reason() {
    String path = "/api/signing-requests?";

    Response misspelled = api.getPath(path + "bussinessKey=" + key + "&siez=1");
    assertThat(misspelled.status()).isEqualTo(422);
    assertThat(misspelled.wrongFields()).containsExactlyInAnyOrder("bussinessKey", "siez");
    Response outOfRange = api.getPath(path + "status=sined&page=-1&size=0");
    assertThat(outOfRange.status()).isEqualTo(422);
    assertThat(outOfRange.wrongFields()).containsExactlyInAnyOrder("status", "page", "size");
    Response noNumber = api.getPath(path + "size=many");
    assertThat(noNumber.status()).isEqualTo(400);
    assertProblem(noNumber, "size must be a whole number");
    assertProblem(api.getPath("/api/nothing"), "This address does not exist");
    assertProblem(api.sendText("/api/signing-requests", "text/plain", "x"), "multipart/form-data");
  }

  @Test
  void unknown_resources_are_not_found() {
    assertThat(api.get("nobody").status()).isEqualTo(404);
    assertThat(api.get("nobody").header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(api.act("nobody", "cancel").status()).isEqualTo(404);
    assertThat(api.getPath("/api/nothing").status()).isEqualTo(404);
    assertThat(api.getPath("/api/nothing").header("Content-Type"))
        .isEqualTo("application/problem+json");
    assertThat(api.getPath("/api/signing-requests?page=x").status()).isEqualTo(400);
    assertThat(
            api.getPath("/api/signing-requests?status=odd&sort=odd&size=0&page=-1").wrongFields())
        .containsExactlyInAnyOrder("status", "sort", "size", "page");
    assertThat(api.options("/api/signing-requests?odd=1").status()).isEqualTo(200);
  }

  @Test
  void identity_codes_are_stored_encrypted() {
    String withCode =
        request("Protected").replace("\"role\"", "\"nin\": \" 131052-308t\", \"role\"");

    Response started = api.start(new Form().json(withCode).document("lease.pdf", LEASE));
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    String id = started.json().get("id").asText();
    awaitStatus(id, "awaiting");
    assertThat(new EngineRest(port).variablesOf(id).toString())
        .doesNotContainIgnoringCase("131052-308");
    assertThat(sandbox.requests("Protected").get(0).toString()).contains("protected");

    Response misplaced =
        api.start(
            new Form()
                .json(
                    request("Misplaced")
                        .replace("\"role\"", "\"displayName\": \"131052-308T\", \"role\""))
                .document("lease.pdf", LEASE));
    assertThat(misplaced.wrongFields()).containsExactly("participants[0].displayName");
  }

  @Test
  void the_same_call_with_the_same_key_starts_one_request() {
    Form form = new Form().json(request("Once")).document("lease.pdf", LEASE);
    Form reordered =
        new Form()
            .json(
                request("Once")
                    .replace("\"title\": \"Once\", ", "")
                    .replace("}]}", "}], \"title\": \"Once\"}"))
            .document("lease.pdf", LEASE);

    Response first = api.start(form, "Idempotency-Key", key);
    Response second = api.start(reordered, "Idempotency-Key", key);
    Response other =
        api.start(
            new Form().json(request("Once")).document("lease.pdf", Pdfs.withText("Other")),
            "Idempotency-Key",
            key);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).as(second.text()).isEqualTo(200);
    assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(list("businessKey=" + key).get("total").asInt()).isEqualTo(1);
    assertThat(api.start(form, "Idempotency-Key", "x".repeat(256)).wrongFields())
        .containsExactly("Idempotency-Key");
  }

  @Test
  void calls_with_the_same_key_at_the_same_time_start_one_request() throws Exception {
    List<Response> responses =
        allAtOnce(
            8,
            () ->
                api.start(
                    new Form().json(request("At once")).document("lease.pdf", LEASE),
                    "Idempotency-Key",
                    key));

    assertThat(responses.stream().map(Response::status).collect(toSet())).isSubsetOf(201, 200, 409);
    assertThat(responses).filteredOn(response -> response.status() == 201).hasSize(1);
    assertThat(list("businessKey=" + key).get("total").asInt()).isEqualTo(1);
  }

  @Test
  void a_request_is_cancelled_reopened_and_gets_other_documents() {
    String id = started("Changed");
    awaitStatus(id, "awaiting");

    assertThat(api.act(id, "reopen").status()).isEqualTo(409);
    assertThat(api.act(id, "cancel").status()).isEqualTo(202);
    JsonNode cancelled = awaitStatus(id, "needsDecision");
    assertThat(cancelled.get("signingStatus").asText()).isEqualTo("cancelled");
    Response refused = api.act(id, "cancel");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("detail").asText()).contains("needsDecision");
    assertThat(api.act(id, "reopen").status()).isEqualTo(202);
    awaitStatus(id, "awaiting");
    assertThat(api.replaceDocuments(id, new Form()).wrongFields()).containsExactly("document");
    Response replaced =
        api.replaceDocuments(id, new Form().document("other.pdf", Pdfs.withText("Other")));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(202);

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(sandbox.requests("Changed").get(0).toString())
                    .contains("other.pdf")
                    .doesNotContain("annex.pdf"));
    JsonNode awaited = awaitStatus(id, "awaiting");
    sandbox.sign(awaited.get("signingRequestId").asText(), ANNA);
    api.act(id, "check");
    assertThat(awaitStatus(id, "signed").get("signedDocuments")).hasSize(1);
    assertThat(api.act(id, "cancel").status()).isEqualTo(409);
  }

  @Test
  void a_clerk_sees_and_performs_the_actions_of_tasks() {
    ApiClient clerk = new ApiClient(port, Login.CLERK);
    String id = started("For the clerk");
    String other = started("For the clerk, too");
    String requestId = awaitStatus(id, "awaiting").get("signingRequestId").asText();
    awaitStatus(other, "awaiting");

    assertThat(list(clerk).get("total").asInt()).isEqualTo(2);
    assertThat(clerk.get(id).json().get("title").asText()).isEqualTo("For the clerk");
    Response cancelled = clerk.act(other, "cancel");
    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(202);
    awaitStatus(other, "needsDecision");
    assertThat(clerk.act(other, "cancel").status()).isEqualTo(409);
    sandbox.sign(requestId, ANNA);
    assertThat(clerk.act(id, "check").status()).isEqualTo(202);
    awaitStatus(id, "signed");

    assertThat(clerk.get(id).json().get("status").asText()).isEqualTo("signed");
    Response lease = clerk.get(id + "/signed-documents/1");
    assertThat(Pdfs.textOf(lease.response().body())).contains("Lease of a flat", ANNA);
    assertThat(clerk.get(id + "/evidence").status()).isEqualTo(200);
    assertThat(clerk.act(id, "check").status()).isEqualTo(409);
  }

  @Test
  void an_integration_needs_no_more_rights_than_the_page_names() {
    ApiClient integration = new ApiClient(port, Login.INTEGRATOR);
    Form form = new Form().json(request("Least")).document("lease.pdf", LEASE);

    Response started = integration.start(form, "Idempotency-Key", key);
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    String id = started.json().get("id").asText();
    awaitStatus(id, "awaiting");
    assertThat(list(integration).get("total").asInt()).isEqualTo(1);
    assertThat(integration.get(id).status()).isEqualTo(200);
    Response replaced =
        integration.replaceDocuments(id, new Form().document("b.pdf", Pdfs.withText("B")));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(202);
    awaitStatus(id, "awaiting");

    assertProblem(integration.act(id, "webhook"), "signspace.webhook.url");
    assertThat(new ApiClient(port, Login.CLERK).act(id, "webhook").status()).isEqualTo(403);
    assertThat(integration.act(id, "cancel").status()).isEqualTo(202);
    awaitStatus(id, "needsDecision");
    assertThat(integration.act(id, "reopen").status()).isEqualTo(202);
  }

  @Test
  void a_user_without_permissions_finds_and_starts_nothing() {
    ApiClient outsider = new ApiClient(port, Login.OUTSIDER);
    String id = started("Not for everybody");
    awaitStatus(id, "awaiting");

    assertThat(list(outsider).get("total").asInt()).isZero();
    assertThat(outsider.get(id).status()).isEqualTo(404);
    assertThat(outsider.get(id + "/signed-documents/1").status()).isEqualTo(404);
    assertThat(outsider.get(id + "/evidence").status()).isEqualTo(404);
    assertThat(outsider.get(id + "/events").status()).isEqualTo(404);
    assertThat(outsider.act(id, "webhook").status()).isEqualTo(404);
    assertThat(outsider.act(id, "cancel").status()).isEqualTo(404);
    Response refused =
        outsider.start(new Form().json(request("Refused")).document("lease.pdf", LEASE));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().get("detail").asText()).contains("CREATE");
    assertThat(list("businessKey=" + key).get("total").asInt()).isEqualTo(1);
  }

  private JsonNode list(ApiClient caller) {
    return caller.getPath("/api/signing-requests?businessKey=" + key).json();
  }

  @Test
  void requests_rejected_before_the_api_also_return_problems() {
    ApiClient guesser = new ApiClient(port, new Login("api-guesser", "wrong"));

    Response unknown = guesser.get("nobody");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.header("WWW-Authenticate")).startsWith("Basic");
    assertProblem(unknown, "Log in");
    for (int i = 0; i < 4; i++) {
      guesser.get("nobody");
    }
    Response tooMany = guesser.get("nobody");
    assertThat(tooMany.status()).isEqualTo(429);
    assertProblem(tooMany, "wait");
  }

  private static void assertProblem(Response response, String detail) {
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(response.json().get("status").asInt()).isEqualTo(response.status());
    assertThat(response.json().get("title").asText()).isNotEmpty();
    assertThat(response.json().get("detail").asText()).contains(detail);
  }

  @Test
  void many_requests_are_shown_in_pages() {
    List<String> ids = List.of(started("One"), started("Two"), started("Three"));
    ids.forEach(id -> awaitStatus(id, "awaiting"));

    JsonNode first = list("status=awaiting&size=2&sort=startedAt&businessKey=" + key);
    assertThat(first.get("total").asInt()).isEqualTo(3);
    assertThat(first.get("links").has("prev")).isFalse();
    JsonNode second = api.getPath(first.get("links").get("next").asText()).json();

    List<String> found = new ArrayList<>();
    first.get("signingRequests").forEach(request -> found.add(request.get("id").asText()));
    second.get("signingRequests").forEach(request -> found.add(request.get("id").asText()));
    assertThat(found).containsExactlyElementsOf(ids);
    assertThat(second.get("links").has("next")).isFalse();
    assertThat(list("status=signed&businessKey=" + key).get("total").asInt()).isZero();
    assertThat(list("businessKey=a%26b%3D%7Bc%7D").get("links").get("self").asText())
        .contains("businessKey=a%26b%3D%7Bc%7D");
  }

  @Tag("long")
  @Test
  void a_large_document_is_accepted() {
    byte[] large = Arrays.copyOf(LEASE, 60 * 1024 * 1024);
    byte[] tooLarge = Arrays.copyOf(LEASE, 60 * 1024 * 1024 + 1);

    Response started = api.start(new Form().json(request("Large")).document("l.pdf", large));
    Response chunked = api.start(new Form().json(request("Streamed")).stream("l.pdf", large));
    Response refused = api.start(new Form().json(request("Too large")).document("l.pdf", tooLarge));

    assertThat(started.status()).as(started.text()).isEqualTo(201);
    assertThat(chunked.status()).as(chunked.text()).isEqualTo(201);
    assertThat(refused.wrongFields()).containsExactly("document1");
    awaitStatus(started.json().get("id").asText(), "awaiting");
    awaitStatus(chunked.json().get("id").asText(), "awaiting");
  }

  @Test
  void the_api_describes_itself() {
    JsonNode description = api.getPath("/api/openapi").json();

    assertThat(description.get("paths").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "/api/bulk",
            "/api/bulk/{id}",
            "/api/bulk/{id}/pause",
            "/api/bulk/{id}/resume",
            "/api/bulk/{id}/cancel",
            "/api/bulk/{id}/cancel-requests",
            "/api/bulk/{id}/retry",
            "/api/bulk/{id}/result",
            "/api/bulk/{id}/documents",
            "/api/signing-requests",
            "/api/signing-requests/cancel",
            "/api/signing-requests/check",
            "/api/signing-requests/remind",
            "/api/signing-requests/documents",
            "/api/signing-requests/{id}",
            "/api/signing-requests/{id}/remind",
            "/api/signing-requests/{id}/check",
            "/api/signing-requests/{id}/cancel",
            "/api/signing-requests/{id}/reopen",
            "/api/signing-requests/{id}/send-again",
            "/api/signing-requests/{id}/documents",
            "/api/signing-requests/{id}/evidence",
            "/api/signing-requests/{id}/events",
            "/api/signing-requests/{id}/webhook",
            "/api/signing-requests/{id}/signed-documents/{number}");
    assertThat(description.at("/components/schemas/NewSigningRequestData/properties").fieldNames())
        .toIterable()
        .contains("businessKey")
        .containsAll(fi.signspace.plugin.process.SigningVariables.START);
    assertThat(description.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(description.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
    assertThat(
            description
                .at("/paths/~1api~1signing-requests~1{id}~1check/post/responses")
                .fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("202", "default");
    Response page = api.getPath("/api/swagger-ui/index.html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).doesNotContain("https://");
  }

  private String started(String title) {
    Form form =
        new Form()
            .json(request(title))
            .document("lease.pdf", LEASE)
            .document("annex.pdf", Pdfs.withText("Annex"));
    Response response = api.start(form);
    assertThat(response.status()).as(response.text()).isEqualTo(201);
    return response.json().get("id").asText();
  }

  private String request(String title) {
    return """
        {"businessKey": "%s", "title": "%s", "participants": [{"handle": "%s", "role": "signer"}]}\
        """
        .formatted(key, title, ANNA);
  }

  private JsonNode list(String query) {
    return api.getPath("/api/signing-requests?" + query).json();
  }

  private JsonNode awaitStatus(String id, String status) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(api.get(id).json().path("status").asText()).isEqualTo(status));
    return api.get(id).json();
  }

  private static <T> List<T> allAtOnce(int count, Callable<T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        calls.add(call);
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
