package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A request is signed on a machine whose locale has other letters, digits, or years. Dates, numbers
 * and type names in the engine's and our REST API do not depend on it.
 */
@Tag("long")
class LocalesTest {

  private static final Postgres POSTGRES = Postgres.start();

  @AfterAll
  static void stop() {
    POSTGRES.close();
  }

  @ParameterizedTest
  @CsvSource({
    "turkish, -Duser.language=tr -Duser.country=TR",
    "persian, -Duser.language=fa -Duser.country=IR",
    "thai, -Duser.language=th -Duser.country=TH -Duser.variant=TH"
  })
  void a_request_is_signed_in_any_language(String language, String options) {
    POSTGRES.createDatabase(language);
    Node node =
        Nodes.whole(
            "in-" + language,
            POSTGRES.settings(language),
            Map.of("JAVA_TOOL_OPTIONS", options, "SIGNSPACE_STATUS_CHECK_FIRST_WAIT", "1s"));
    node.start();
    node.awaitReady();
    try {
      EngineRest engine = new EngineRest(node.port());
      SandboxControl sandbox = new SandboxControl(node.port());
      RunningCase request = new RunningCase(engine, "case-" + language);

      engine.start(request.key(), RunningCase.request("In " + language));
      request.awaitTask("userTask_manageSigning");
      sandbox.sign(request.requestId(), RunningCase.ANNA);
      sandbox.sign(request.requestId(), RunningCase.BERT);

      request.awaitEnd("endEvent_signed");
      assertThat(engine.get("/history/process-instance").get(0).get("startTime").asText())
          .matches("20[2-4]\\d-[0-9T:.+-]+");
      ApiClient.Response refused =
          new ApiClient(node.port(), new Login("demo", "wrong")).getPath("/api/signing-requests");
      assertThat(refused.json().get("status").asInt()).isEqualTo(401);
      assertThat(node.log()).doesNotContain("ERROR");
    } finally {
      node.kill();
    }
  }
}
