package fi.signspace.plugin.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.Pdfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;

/** Every {@link UpgradeCase}, finished by an installation. */
final class Completion {

  /** Settings of the workers. */
  static final Map<String, String> FREQUENT_CHECKS =
      Map.of("SIGNSPACE_STATUSCHECK_FIRSTWAIT", "2s", "SIGNSPACE_STATUSCHECK_LONGESTWAIT", "2s");

  private static final int CASES_AT_ONCE = 8;

  private final Installation at;
  private final List<Future<?>> cases = new ArrayList<>();

  private Completion(Installation at) {
    this.at = at;
  }

  /** Begins to finish the cases; {@link #check} waits for their ends. */
  static Completion of(Installation at) {
    Completion completion = new Completion(at);
    ExecutorService threads = Executors.newFixedThreadPool(CASES_AT_ONCE);
    for (UpgradeCase it : UpgradeCase.ALL) {
      completion.cases.add(
          threads.submit(
              () -> {
                it.finished().take(at, it);
                at.awaitEnd(it.process(), it.key(), it.end());
              }));
    }
    threads.shutdown();
    return completion;
  }

  /** Checks ends, documents and incidents. */
  void check(SoftAssertions softly) {
    for (Future<?> it : cases) {
      softly.assertThatCode(() -> rethrow(it)).doesNotThrowAnyException();
    }
    UpgradeCase.ALL.forEach(it -> check(it, softly));
    softly.assertThat(messages(at.engine().get("/history/incident"))).isEmpty();
  }

  private static void rethrow(Future<?> done) throws Throwable {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private void check(UpgradeCase it, SoftAssertions softly) {
    String instance = at.instance(it.process(), it.key());
    softly
        .assertThat(at.sandbox().requests(it.title()))
        .as("requests of " + it.key())
        .hasSize(it.requests());
    Map<String, Object> variables = at.engine().variablesOf(instance);
    boolean isSigned = it.signedText() != null;
    softly
        .assertThat(variables.containsKey(it.signedDocument()))
        .as(it.key() + " has a signed document")
        .isEqualTo(isSigned);
    if (isSigned && variables.containsKey(it.signedDocument())) {
      softly
          .assertThat(Pdfs.textOf(at.engine().file(instance, it.signedDocument())))
          .as("signed document of " + it.key())
          .contains(it.signedText(), Installation.ANNA);
    }
    if (it.process().equals(Installation.SIGNING_REQUEST)) {
      softly.assertThat(variables).as(it.key()).containsEntry("signingOutcome", it.outcome());
    }
  }

  /** Without those of batches, which belong to no activity. */
  private static List<String> messages(JsonNode incidents) {
    List<String> messages = new ArrayList<>();
    for (JsonNode incident : incidents) {
      if (incident.hasNonNull("activityId")) {
        messages.add(
            incident.get("activityId").asText() + ": " + incident.path("incidentMessage").asText());
      }
    }
    return messages;
  }
}
