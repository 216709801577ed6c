package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.awaitility.core.ConditionTimeoutException;

/** One signing request of a test, found by its business key. */
final class RunningCase {

  static final String ANNA = "anna@example.com";
  static final String BERT = "bert@example.com";
  static final String PARTICIPANTS =
      """
      [{"handle": "anna@example.com", "role": "signer", "displayName": "Anna <b>Virtanen</b>"},
       {"handle": "bert@example.com", "role": "signer"},
       {"handle": "cc@example.com", "role": "watcher"}]\
      """;

  private final EngineRest engine;
  private final String key;

  RunningCase(EngineRest engine, String key) {
    this.engine = engine;
    this.key = key;
  }

  /** A future due date within the allowed years. */
  static LocalDate dueDate() {
    return LocalDate.now(ZoneOffset.UTC).plusYears(5);
  }

  static ObjectNode request(String title) {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", title);
    putFile(variables, "document1", "first.pdf", Pdfs.withText("First"));
    putJson(variables, "participants", PARTICIPANTS);
    return variables;
  }

  String key() {
    return key;
  }

  String instance() {
    return engine
        .get("/history/process-instance?processInstanceBusinessKey=" + key)
        .get(0)
        .get("id")
        .asText();
  }

  String requestId() {
    return (String) engine.variablesOf(instance()).get("signingRequestId");
  }

  String awaitTask(String userTask) {
    return awaitNewTask(userTask, "none");
  }

  String awaitNewTask(String userTask, String formerId) {
    String tasks = "/task?processInstanceBusinessKey=" + key;
    try {
      return await()
          .atMost(Duration.ofSeconds(40))
          .until(
              () -> {
                JsonNode found = engine.get(tasks + "&taskDefinitionKey=" + userTask);
                return found.isEmpty() ? formerId : found.get(0).get("id").asText();
              },
              id -> !id.equals(formerId));
    } catch (ConditionTimeoutException e) {
      String message =
          "No %s, but tasks %s and incidents %s"
              .formatted(
                  userTask,
                  engine.get(tasks).findValuesAsText("taskDefinitionKey"),
                  engine.incidentsOf(instance()).findValuesAsText("incidentMessage"));
      throw new AssertionError(message, e);
    }
  }

  void awaitEnd(String endEvent) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(engine.endOf(instance())).contains(endEvent));
  }
}
