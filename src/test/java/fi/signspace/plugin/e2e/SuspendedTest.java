package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Responses for integrators while the process or a request is suspended. */
@EndToEnd
class SuspendedTest {

  private static final ApiClient.Form FORM =
      new ApiClient.Form()
          .json(
              """
              {"title": "Suspended", "participants": [{"handle": "anna@example.com", "role": "signer"}]}\
              """)
          .document("lease.pdf", Pdfs.withText("Lease"));

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @LocalServerPort private int port;

  private EngineRest engine;
  private ApiClient api;

  @BeforeEach
  void connect() {
    engine = new EngineRest(port);
    api = new ApiClient(port, Login.DEMO);
  }

  @Test
  void no_request_is_started_while_the_process_is_suspended() {
    suspend("/process-definition/key/signing-request", true);
    try {
      // a step of another instance may have read the process before, and the engine caches that
      await().atMost(PATIENCE).until(() -> api.start(FORM).status() != 201);
      ApiClient.Response response = api.start(FORM);

      assertThat(response.status()).isEqualTo(409);
      assertThat(response.text()).contains("is suspended", "administrator");
      String start = "/process-definition/key/signing-request/start";
      assertThatThrownBy(() -> engine.post(start, EngineRest.variables()))
          .hasMessageContaining("409")
          .hasMessageContaining("is suspended");
    } finally {
      suspend("/process-definition/key/signing-request", false);
    }
    assertThat(api.start(FORM).status()).isEqualTo(201);
  }

  @Test
  void a_suspended_request_reports_it_and_waits_for_activation() {
    String id = api.start(FORM).json().get("id").asText();
    await()
        .atMost(PATIENCE)
        .until(() -> api.get(id).json().get("status").asText().equals("awaiting"));
    assertThat(api.get(id).json().get("suspended").asBoolean()).isFalse();

    suspend("/process-instance/" + id, true);

    assertThat(api.get(id).json().get("suspended").asBoolean()).isTrue();
    ObjectNode message =
        EngineRest.variables().put("messageName", "checkStatus").put("processInstanceId", id);
    assertThatThrownBy(() -> engine.post("/message", message))
        .hasMessageContaining("a suspended process instance receives no messages");
    assertThat(api.get(id).json().get("status").asText()).isEqualTo("awaiting");
    ApiClient.Response check = api.act(id, "check");
    assertThat(check.status()).isEqualTo(409);
    assertThat(check.text()).contains("is suspended");
    String task = engine.get("/task?processInstanceId=" + id).path(0).path("id").asText();
    assertThatThrownBy(() -> engine.post("/task/" + task + "/complete", EngineRest.variables()))
        .hasMessageContaining("409")
        .hasMessageContaining("suspended");
    suspend("/process-instance/" + id, false);
    assertThat(api.act(id, "check").status()).isEqualTo(202);
  }

  private void suspend(String path, boolean suspended) {
    engine.put(path + "/suspended", EngineRest.variables().put("suspended", suspended));
  }
}
