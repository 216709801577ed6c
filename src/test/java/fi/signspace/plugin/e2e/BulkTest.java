package fi.signspace.plugin.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.bulk.Workbook;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.testkit.CleanUp;
import fi.signspace.plugin.testkit.FormProblems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Lists of requests over real HTTP, with engine, workers and sandbox. */
@EndToEnd
class BulkTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Set<String> CREATION =
      Set.of(Topic.UPLOAD_DOCUMENT, Topic.CREATE_SIGNING_REQUEST);
  private static final String HEADER = "businessKey;title;signer1;flat\r\n";
  private static final byte[] LEASE = Pdfs.withText("Lease of a flat");

  @LocalServerPort private int port;
  @Autowired private ProcessEngine processEngine;
  @Autowired private HistoryService history;

  private ApiClient api;
  private SandboxControl sandbox;
  private String key;

  @BeforeEach
  void reset() {
    api = new ApiClient(port, Login.CLERK);
    sandbox = new SandboxControl(port);
    sandbox.reset();
    key = "bulk-" + System.nanoTime();
  }

  /** Faults of the next test concern its own requests only. */
  @AfterEach
  void awaitCreation() {
    sandbox.reset();
    await().atMost(PATIENCE).until(() -> !isCreating());
  }

  private boolean isCreating() {
    return processEngine
        .getExternalTaskService()
        .createExternalTaskQuery()
        .withRetriesLeft()
        .list()
        .stream()
        .anyMatch(
            task ->
                task.getTopicName().equals(BulkProcess.SEND_ROWS_TOPIC)
                    || (CREATION.contains(task.getTopicName())
                        && task.getBusinessKey().startsWith(key)));
  }

  private String rows(int count) {
    return HEADER + IntStream.rangeClosed(1, count).mapToObj(this::row).collect(joining());
  }

  private String row(int number) {
    return "%s-%s;Lease of {flat};anna@example.com;=A %s\r\n".formatted(key, number, number);
  }

  private Form form(String list) {
    return new Form().list("leases.csv", list.getBytes(UTF_8)).document("lease.pdf", LEASE);
  }

  private String started(Form form) {
    Response started = api.startList(form);
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    return started.json().get("id").asText();
  }

  private JsonNode progress(String id) {
    Response progress = api.getPath("/api/bulk/" + id);
    assertThat(progress.status()).as(progress.text()).isEqualTo(200);
    return progress.json();
  }

  private void awaitCount(String id, String name, int count) {
    await().atMost(PATIENCE).until(() -> progress(id).get(name).asInt() == count);
  }

  /** The keys of all requests of this test. */
  private List<String> keys() {
    return history
        .createHistoricProcessInstanceQuery()
        .processDefinitionKey("signing-request")
        .processInstanceBusinessKeyLike(key + "-%")
        .list()
        .stream()
        .map(HistoricProcessInstance::getBusinessKey)
        .toList();
  }

  private List<String> expectedKeys(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> key + "-" + i).toList();
  }

  @Test
  void every_row_is_one_request_that_is_signed_and_downloaded() throws IOException {
    String id = started(form(rows(3)));
    awaitCount(id, "sent", 3);

    Response result = api.getPath("/api/bulk/" + id + "/result");
    for (JsonNode request : requests()) {
      sandbox.sign(request.get("signingRequestId").asText(), "anna@example.com");
      api.act(request.get("id").asText(), "check");
    }

    assertThat(result.text())
        .startsWith("\uFEFF\"businessKey\";\"title\";\"signer1\";\"flat\";\"result.id\";")
        .contains("\"" + key + "-2\";\"Lease of {flat}\";\"anna@example.com\";\"'=A 2\";");
    awaitCount(id, "signed", 3);
    assertThat(progress(id).get("status").asText()).isEqualTo("done");
    assertThat(requests()).allMatch(r -> r.get("title").asText().startsWith("Lease of =A "));
    assertThat(api.getPath("/api/bulk/" + id + "/result").text()).contains(";\"signed\";");
    assertThat(zipped(api.getPath("/api/bulk/" + id + "/documents")))
        .containsExactlyInAnyOrder(
            "row 00002 " + key + "-1/1 lease.pdf",
            "row 00002 " + key + "-1/evidence.jws",
            "row 00003 " + key + "-2/1 lease.pdf",
            "row 00003 " + key + "-2/evidence.jws",
            "row 00004 " + key + "-3/1 lease.pdf",
            "row 00004 " + key + "-3/evidence.jws");
  }

  @Test
  void a_workbook_and_a_zip_with_a_document_for_each_row_are_sent() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      for (int i = 1; i <= 3; i++) {
        out.putNextEntry(new ZipEntry("leases/lease " + i + ".pdf"));
        out.write(Pdfs.withText("Lease " + i));
        out.closeEntry();
      }
    }
    StringBuilder rows =
        new StringBuilder(Workbook.row(1, "businessKey", "title", "signer1", "document"));
    for (int i = 1; i <= 3; i++) {
      rows.append(
          Workbook.row(
              i + 1, key + "-" + i, "Lease", "anna@example.com", "lease " + (4 - i) + ".pdf"));
    }
    byte[] workbook = new Workbook().sheet("Leases", rows.toString()).bytes();

    String id =
        started(new Form().list("leases.xlsx", workbook).document("leases.zip", zip.toByteArray()));
    awaitCount(id, "sent", 3);

    for (JsonNode request : requests()) {
      sandbox.sign(request.get("signingRequestId").asText(), "anna@example.com");
      api.act(request.get("id").asText(), "check");
    }
    awaitCount(id, "signed", 3);
    assertThat(zipped(api.getPath("/api/bulk/" + id + "/documents")))
        .contains("row 00002 " + key + "-1/1 lease 3.pdf", "row 00004 " + key + "-3/1 lease 1.pdf");
  }

  private List<JsonNode> requests() {
    List<JsonNode> found = new ArrayList<>();
    for (String one : expectedKeys(3)) {
      found.add(
          api.getPath("/api/signing-requests?businessKey=" + one)
              .json()
              .get("signingRequests")
              .get(0));
    }
    return found;
  }

  private static Set<String> zipped(Response zip) throws IOException {
    Set<String> names = new TreeSet<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.response().body()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
        assertThat(in.readAllBytes()).isNotEmpty();
      }
    }
    return names;
  }

  @Test
  void all_errors_of_all_rows_are_named_and_nothing_is_sent() {
    String list =
        "businessKey;title;signer1;signer1Nin;dueDate;document\r\n"
            + key
            + "-1;Good;anna@example.com;;;lease.pdf\r\n"
            + key
            + "-2;;nobody;;2001-01-01;other.pdf\r\n"
            + key
            + "-3;Good;anna@example.com;131052-308T;;\r\n";

    Response response = api.startList(form(list));

    assertThat(response.status()).isEqualTo(422);
    List<String> places = new ArrayList<>();
    response
        .json()
        .get("errors")
        .forEach(
            error -> places.add(error.get("row").asInt() + " " + error.get("column").asText()));
    assertThat(places)
        .containsExactlyInAnyOrder(
            "3 title", "3 signer1", "3 dueDate", "3 document", "4 signer1Nin");
    assertThat(response.text()).doesNotContain("131052");
    assertThat(keys()).isEmpty();
  }

  @Test
  void valid_rows_are_sent_alone_only_if_the_caller_wants_that() {
    String list = rows(2) + key + "-3;Bad;nobody;x\r\n";

    Response started = api.startList(form(list).field("options", "{\"sendValidRows\": true}"));

    assertThat(started.status()).as(started.text()).isEqualTo(202);
    assertThat(started.json().get("rows").asInt()).isEqualTo(2);
    assertThat(started.json().get("errors").get(0).get("row").asInt()).isEqualTo(4);
    awaitCount(started.json().get("id").asText(), "sent", 2);
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(expectedKeys(2));
  }

  @Test
  void a_list_that_is_uploaded_twice_at_once_is_sent_once() throws Exception {
    Callable<String> upload = () -> started(form(rows(12)));
    ExecutorService callers = Executors.newFixedThreadPool(2);
    List<Future<String>> both = callers.invokeAll(List.of(upload, upload));
    callers.shutdown();

    String id = both.get(0).get();
    awaitCount(id, "sent", 12);

    assertThat(both.get(1).get()).isEqualTo(id);
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(expectedKeys(12));
  }

  @Test
  void a_list_is_paused_and_resumed_without_losing_or_repeating_a_row() {
    String id = started(form(rows(60)));

    Response paused = api.actOnList(id, "pause");
    assertThat(paused.status()).as(paused.text()).isEqualTo(202);
    assertThat(paused.json().get("status").asText()).isEqualTo("paused");
    assertThat(api.actOnList(id, "pause").status()).isEqualTo(409);
    int whilePaused = keys().size();
    assertThat(api.actOnList(id, "resume").status()).isEqualTo(202);
    assertThat(api.actOnList(id, "resume").status()).isEqualTo(409);
    awaitCount(id, "sent", 60);

    assertThat(whilePaused).isLessThan(60);
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(expectedKeys(60));
    assertThat(api.actOnList(id, "pause").json().get("detail").asText())
        .isEqualTo("Every row of the list has been sent.");
  }

  @Tag("long")
  @Test
  void a_cancelled_list_sends_nothing_more_until_it_is_uploaded_again() {
    String id = started(form(rows(40)));
    assertThat(api.actOnList(id, "cancel").status()).isEqualTo(202);
    int sent = keys().size();
    assertThat(progress(id).get("status").asText()).isEqualTo("cancelled");
    assertThat(api.actOnList(id, "cancel").status()).isEqualTo(409);

    Response again = api.startList(form(rows(40)));

    assertThat(sent).isLessThan(40);
    assertThat(again.json().get("id").asText()).isNotEqualTo(id);
    assertThat(again.json().get("alreadySent").asInt()).isEqualTo(sent);
    String missing = again.json().get("id").asText();
    awaitCount(missing, "sent", 40 - sent);
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(expectedKeys(40));
    assertThat(api.getPath("/api/bulk/" + id + "/result").text().split(";\"otherUpload\";", -1))
        .hasSize(1 + 40 - sent);
    assertThat(api.getPath("/api/bulk/" + missing + "/result").text())
        .doesNotContain("otherUpload");
  }

  @Tag("long")
  @Test
  void the_result_says_which_requests_are_no_longer_as_in_the_list() {
    String id = started(form(rows(2)));
    awaitCount(id, "sent", 2);
    String corrected = cellsOf(id, 1).get(0);

    Response again =
        api.sendAgain(
            corrected,
            new Form()
                .json(
                    "{\"participants\": [{\"handle\": \"bo@example.com\", \"role\": \"signer\"}]}"));

    assertThat(again.status()).as(again.text()).isEqualTo(202);
    assertThat(cellsOf(id, 1).get(1)).contains("was corrected since");
    assertThat(cellsOf(id, 2).get(1)).isEmpty();
  }

  @Tag("long")
  @Test
  void the_result_says_who_was_asked_instead_of_the_people_in_the_list() {
    sandbox.misbehave(
        """
        [{"operation": "tasks.signingRequest.create", "kind": "status", "status": 403, "times": 1}]\
        """);
    String id = started(form(rows(1)));
    awaitCount(id, "failed", 1);
    processEngine
        .getRuntimeService()
        .setVariable(
            cellsOf(id, 1).get(0),
            "participants",
            SpinValues.jsonValue("[{\"handle\": \"eve@example.com\", \"role\": \"signer\"}]")
                .create());

    Response retried = new ApiClient(port, Login.DEMO).actOnList(id, "retry");
    assertThat(retried.status()).as(retried.text()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> cellsOf(id, 1).get(1).contains("was corrected since"));
    awaitCount(id, "sent", 1);
  }

  @Tag("long")
  @Test
  void the_result_shows_the_later_request_of_a_row_that_was_restarted() {
    String id = started(form(rows(1)));
    awaitCount(id, "sent", 1);
    String first = cellsOf(id, 1).get(0);
    RuntimeService runtime = processEngine.getRuntimeService();
    ProcessInstance ended =
        runtime.createProcessInstanceQuery().processInstanceId(first).singleResult();
    runtime.deleteProcessInstance(first, "ended by an administrator");

    runtime
        .restartProcessInstances(ended.getProcessDefinitionId())
        .startBeforeActivity("gateway_beforeSending")
        .processInstanceIds(first)
        .execute();

    ProcessInstance restarted =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(ended.getBusinessKey())
            .singleResult();
    assertThat(cellsOf(id, 1).get(0)).isEqualTo(restarted.getId());
  }

  @Tag("long")
  @Test
  void a_variable_of_a_task_without_a_process_does_not_count_as_a_row() {
    String id = started(form(rows(1)));
    awaitCount(id, "sent", 1);
    TaskService tasks = processEngine.getTaskService();
    Task task = tasks.newTask();
    tasks.saveTask(task);

    tasks.setVariable(task.getId(), "bulkRow_" + id, key + "-1");

    assertThat(progress(id).get("sent").asInt()).isEqualTo(1);
    assertThat(api.getPath("/api/bulk").status()).isEqualTo(200);
    tasks.deleteTask(task.getId(), true);
  }

  /** The first and the last result of a row. */
  private List<String> cellsOf(String id, int row) {
    String line = api.getPath("/api/bulk/" + id + "/result").text().lines().toList().get(row);
    List<String> cells = List.of(line.replaceAll("^\"|\"$", "").split("\";\"", -1));
    return List.of(cells.get(cells.size() - 6), cells.get(cells.size() - 1));
  }

  @Test
  void a_corrected_list_sends_what_is_missing_and_recognises_changed_keys() {
    String first = "businessKey;title;signer1\r\n00%s;A;anna@example.com\r\n".formatted(number());
    String id = started(form(first));
    awaitCount(id, "sent", 1);
    String options = "{\"list\": \"%s\"}".formatted(id);

    Response changed = api.startList(form(first.replace("\n00", "\n")).field("options", options));
    Response more =
        api.startList(form(first + key + "-1;B;anna@example.com\r\n").field("options", options));

    assertThat(changed.status()).isEqualTo(422);
    assertThat(changed.text()).contains("looks like one that was sent as 00" + number());
    assertThat(more.json().get("rows").asInt()).isEqualTo(1);
    assertThat(more.json().get("alreadySent").asInt()).isEqualTo(1);
    awaitCount(more.json().get("id").asText(), "sent", 1);
  }

  private String number() {
    return key.substring("bulk-".length());
  }

  @Test
  void spellings_of_one_address_are_one_person() {
    String rows =
        rows(2)
            .replaceFirst("anna@example.com", "mäki@example.com")
            .replaceFirst("anna@example.com", "ma\u0308ki@EXAMPLE.com");

    Response preview = api.startList(form(rows).field("options", "{\"preview\": true}"));

    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(preview.json().get("people").asInt()).isEqualTo(1);
  }

  @Test
  void a_list_is_previewed_and_only_that_list_is_sent_afterwards() {
    Response preview = api.startList(form(rows(3)).field("options", "{\"preview\": true}"));
    String options = "{\"approved\": \"%s\"}".formatted(preview.json().path("approved").asText());

    Response other = api.startList(form(rows(4)).field("options", options));
    List<String> before = keys();
    Response same = api.startList(form(rows(3)).field("options", options));

    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(preview.json().get("rows").asInt()).isEqualTo(3);
    assertThat(preview.json().get("people").asInt()).isEqualTo(1);
    assertThat(other.status()).isEqualTo(409);
    assertThat(before).isEmpty();
    awaitCount(same.json().get("id").asText(), "sent", 3);
  }

  @Test
  void a_preview_warns_of_rows_that_ask_for_the_same_signatures_again() {
    String row = "%s-%s;%s;%s\r\n";
    String header = "businessKey;title;signer1;signer2\r\n";
    String title = "Lease " + key;
    String first = header + row.formatted(key, 1, title, "anna@example.com;bo@example.com");
    awaitCount(started(form(first)), "sent", 1);
    String again =
        header
            + row.formatted(key, 2, title, "BO@example.com;anna@example.com")
            + row.formatted(key, 3, title, "anna@example.com;bo@example.com")
            + row.formatted(key, 4, title, "anna@example.com;")
            + row.formatted(key, 1, "Another", "anna@example.com;");

    JsonNode preview =
        api.startList(form(again).field("options", "{\"preview\": true, \"repeatKeys\": true}"))
            .json();

    assertThat(preview.get("rows").asInt()).isEqualTo(4);
    assertThat(preview.get("warnings"))
        .extracting(warning -> warning.get("row").asInt() + " " + warning.get("detail").asText())
        .containsExactly(
            "2 An earlier list has sent this as %s-1: the same title, signers and documents."
                .formatted(key),
            "3 Row 2 has the same title, signers and documents.",
            "5 A request with this key is open.");
    preview.get("warnings").findValuesAsText("detail").forEach(FormProblems::assertIsTranslated);
  }

  @Test
  void a_trial_reaches_its_sender_only_and_leaves_the_list_as_it_is() {
    String list =
        "businessKey;title;signer1;signer2;watcher1;recipientLanguage\r\n"
            + key
            + "-1;Lease;anna@example.com;bert@example.com;carl@example.com;fi\r\n";
    ApiClient demo = new ApiClient(port, Login.DEMO);

    Response trial = demo.startList(form(list).field("options", "{\"trial\": 2}"));
    Response missing = demo.startList(form(list).field("options", "{\"trial\": 3}"));
    Response homeless = api.startList(form(list).field("options", "{\"trial\": 2}"));
    Response unwanted =
        new ApiClient(port, Login.READER).startList(form(list).field("options", "{\"trial\": 2}"));
    await().atMost(PATIENCE).until(() -> !sandbox.requests("Koe: Lease").isEmpty());

    assertThat(trial.status()).as(trial.text()).isEqualTo(201);
    assertThat(trial.header("Location")).endsWith(trial.json().get("id").asText());
    JsonNode sent = sandbox.requests("Koe: Lease").get(0);
    assertThat(sent.get("participants").findValuesAsText("handle"))
        .containsExactly("demo@sandbox.example");
    assertThat(missing.wrongFields()).containsExactly("trial");
    assertThat(homeless.status()).isEqualTo(409);
    assertThat(homeless.text()).contains("Your profile has no e-mail address");
    assertThat(unwanted.status()).isEqualTo(403);
    assertThat(keys()).isEmpty();
    assertThat(api.startList(form(list)).json().get("rows").asInt()).isEqualTo(1);
  }

  @Tag("long")
  @Test
  void a_key_of_another_list_is_sent_again_only_if_the_caller_wants_that() {
    awaitCount(started(form(rows(1))), "sent", 1);
    String other = rows(2).replace("Lease", "Contract");

    Response refused = api.startList(form(other));
    Response withAnotherError =
        api.startList(form(other + key + "-3;Contract of {flat};anna;=A 3\r\n"));
    Response result =
        api.startList(
            form(
                "businessKey;title;signer1;result.id\r\n%s-9;Lease;anna@example.com;x\r\n"
                    .formatted(key)));
    Response wanted = api.startList(form(other).field("options", "{\"repeatKeys\": true}"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().get("errors")).hasSize(1);
    assertThat(withAnotherError.json().get("errors")).hasSize(2);
    assertThat(refused.text()).contains("A list has sent a request with this key");
    assertThat(result.status()).isEqualTo(422);
    assertThat(result.text()).contains("This is the result of an earlier list");
    assertThat(wanted.json().get("rows").asInt()).isEqualTo(2);
  }

  @Tag("long")
  @Test
  void the_open_requests_of_a_list_are_cancelled_and_closed() {
    String id = started(form(rows(3)));
    awaitCount(id, "sent", 3);
    for (JsonNode request : requests()) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  api.getPath("/api/signing-requests/" + request.get("id").asText())
                      .json()
                      .get("status")
                      .asText()
                      .equals("awaiting"));
    }

    await()
        .atMost(PATIENCE)
        .until(() -> api.actOnList(id, "cancel-requests").json().get("open").asInt() == 0);

    assertThat(progress(id).get("cancelled").asInt()).isEqualTo(3);
    assertThat(progress(id).get("status").asText()).isEqualTo("done");
    assertThat(sandbox.requests())
        .allSatisfy(it -> assertThat(it.get("status").asText()).isEqualTo("cancelled"));
    assertThat(new ApiClient(port, Login.READER).actOnList(id, "cancel-requests").status())
        .isEqualTo(403);
    assertThat(api.getPath("/api/bulk").json().at("/lists/0/id").asText()).isEqualTo(id);
  }

  @Tag("long")
  @Test
  void a_row_whose_request_the_history_no_longer_has_is_not_sent_again() {
    String id = started(form(rows(3)));
    awaitCount(id, "sent", 3);
    await()
        .atMost(PATIENCE)
        .until(() -> api.actOnList(id, "cancel-requests").json().get("open").asInt() == 0);
    String ended = requests().get(0).get("id").asText();
    await().atMost(PATIENCE).until(() -> api.get(ended).json().hasNonNull("endedAt"));

    processEngine.getHistoryService().deleteHistoricProcessInstance(ended);

    assertThat(api.getPath("/api/bulk/" + id + "/result").text())
        .containsOnlyOnce(";\"removed\";")
        .doesNotContain("notStarted");
    String options = "{\"list\": \"%s\"}".formatted(id);
    Response corrected =
        api.startList(form(rows(3).replace("Lease", "Tenancy")).field("options", options));
    assertThat(corrected.status()).as(corrected.text()).isEqualTo(409);
  }

  @Tag("long")
  @Test
  void rows_whose_creation_has_failed_are_retried_and_no_others() {
    sandbox.misbehave(
        """
        [{"operation": "tasks.signingRequest.create", "kind": "status", "status": 403, "times": 2}]\
        """);
    String id = started(form(rows(5)));
    awaitCount(id, "failed", 2);
    awaitCount(id, "sent", 3);

    Response refused = api.actOnList(id, "retry");
    Response retried = new ApiClient(port, Login.DEMO).actOnList(id, "retry");
    awaitCount(id, "sent", 5);

    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    assertThat(retried.status()).as(retried.text()).isEqualTo(202);
    assertThat(progress(id).get("failed").asInt()).isZero();
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(expectedKeys(5));
    for (int row = 1; row <= 5; row++) {
      assertThat(sandbox.requests("Lease of =A " + row)).hasSize(1);
    }
    assertThat(sandbox.calls().at("/operations/tasks.signingRequest.create/received").asInt())
        .isEqualTo(7);
  }

  @Test
  void a_list_that_waits_for_signspace_is_ready_until_its_first_row_is_started() {
    sandbox.misbehave("[{\"operation\": \"*\", \"kind\": \"status\", \"status\": 503}]");
    String before = started(form(rows(40)));
    await().atMost(PATIENCE).until(() -> progress(before).get("status").asText().equals("sending"));
    await().atMost(PATIENCE).until(() -> keys().size() >= 20);

    String id = started(form(rows(2).replace(key, key + "-of-another")));

    assertThat(progress(id).get("status").asText()).isEqualTo("ready");
    assertThat(api.actOnList(id, "pause").json().get("status").asText()).isEqualTo("paused");
    assertThat(api.actOnList(id, "cancel").json().get("status").asText()).isEqualTo("cancelled");
    assertThat(api.actOnList(before, "cancel").status()).isEqualTo(202);
    sandbox.behave();
  }

  @Test
  void an_exchanged_document_is_not_sent() {
    String id = started(form(rows(40)));
    assertThat(api.actOnList(id, "pause").status()).isEqualTo(202);
    int sent = keys().size();
    processEngine
        .getRuntimeService()
        .setVariable(
            id,
            "document1",
            Variables.fileValue("lease.pdf").file(Pdfs.withText("Another")).create());
    assertThat(api.actOnList(id, "resume").status()).isEqualTo(202);

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                processEngine
                    .getExternalTaskService()
                    .createExternalTaskQuery()
                    .processInstanceId(id)
                    .list()
                    .stream()
                    .anyMatch(
                        task -> String.valueOf(task.getErrorMessage()).contains("was exchanged")));

    assertThat(keys()).hasSize(sent);
    RuntimeService runtime = processEngine.getRuntimeService();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceId(id));
  }

  @Test
  void a_list_that_this_node_cannot_verify_does_not_hide_the_others() {
    RuntimeService runtime = processEngine.getRuntimeService();
    String broken = started(form(rows(40)));
    assertThat(api.actOnList(broken, "pause").status()).isEqualTo(202);
    runtime.setVariable(broken, BulkProcess.PORTION + 1, Variables.byteArrayValue(new byte[100]));
    String id = started(form(rows(1).replace(key, key + "-of-another")));

    Response newest = api.getPath("/api/bulk");

    assertThat(newest.status()).as(newest.text()).isEqualTo(200);
    assertThat(newest.json().at("/lists/0/id").asText()).isEqualTo(id);
    assertThat(newest.json().at("/lists/0/startedBy").asText()).isEqualTo(Login.CLERK.user());
    assertThat(newest.json().at("/lists/1/id").asText()).isEqualTo(broken);
    assertThat(newest.json().at("/lists/1/startedBy").asText("")).isEmpty();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceId(broken));
  }

  @Test
  void only_who_may_start_and_see_requests_may_do_so_with_lists() {
    String id = started(form(rows(1)));
    ApiClient reader = new ApiClient(port, Login.READER);
    ApiClient outsider = new ApiClient(port, Login.OUTSIDER);

    assertThat(reader.getPath("/api/bulk/" + id).status()).isEqualTo(200);
    assertThat(reader.actOnList(id, "pause").status()).isEqualTo(403);
    assertThat(reader.startList(form(rows(2))).status()).isEqualTo(403);
    for (String path : List.of("", "/result", "/documents")) {
      assertThat(outsider.getPath("/api/bulk/" + id + path).status()).isEqualTo(403);
    }
    assertThat(api.getPath("/api/bulk/no-such-list").status()).isEqualTo(404);
    String own = rows(2).replace(key, key + "-of-the-integrator");
    assertThat(new ApiClient(port, Login.INTEGRATOR).startList(form(own)).status()).isEqualTo(202);
  }
}
