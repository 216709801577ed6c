package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.Deployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The same process is deployed without a tenant and for a tenant. */
@EndToEnd
class TenantsTest {

  private static final String TENANT = "north";

  @LocalServerPort private int port;
  @Autowired private RepositoryService repository;
  @Autowired private RuntimeService runtime;

  private Deployment deployment;
  private ApiClient api;

  @BeforeEach
  void deploy() {
    api = new ApiClient(port, Login.DEMO);
    deployment =
        repository
            .createDeployment()
            .tenantId(TENANT)
            .addClasspathResource("processes/signing-request.bpmn")
            .deploy();
  }

  @AfterEach
  void remove() {
    repository.deleteDeployment(deployment.getId(), true);
  }

  @Test
  void without_a_tenant_the_definition_without_tenant_is_started() {
    String id = started("{}");

    assertThat(tenantOf(id)).isNull();
    awaitAwaiting(id);
  }

  @Test
  void a_request_of_a_tenant_is_processed_like_any_other() {
    String id = started("{\"tenantId\": \"north\"}");

    assertThat(tenantOf(id)).isEqualTo(TENANT);
    awaitAwaiting(id);
  }

  @Test
  void a_tenant_without_the_process_is_reported() {
    ApiClient.Response response = api.start(form("{\"tenantId\": \"south\"}"));

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.text()).contains("not deployed for the tenant south");
  }

  @Test
  void a_caller_cannot_start_requests_of_another_tenant() {
    ApiClient integrator = new ApiClient(port, Login.INTEGRATOR);

    ApiClient.Response response = integrator.start(form("{\"tenantId\": \"north\"}"));

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.text()).contains("tenant north");
  }

  private String started(String more) {
    ApiClient.Response response = api.start(form(more));
    assertThat(response.status()).as(response.text()).isEqualTo(201);
    return response.json().get("id").asText();
  }

  private String tenantOf(String id) {
    return runtime.createProcessInstanceQuery().processInstanceId(id).singleResult().getTenantId();
  }

  private void awaitAwaiting(String id) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> api.get(id).json().get("status").asText().equals("awaiting"));
  }

  /**
   * @param more properties of the request
   */
  private static ApiClient.Form form(String more) {
    String request =
        """
        {"title": "Tenant's", "participants": [{"handle": "anna@example.com", "role": "signer"}]}\
        """;
    String separator = more.equals("{}") ? "" : ", ";
    return new ApiClient.Form()
        .json(more.substring(0, more.length() - 1) + separator + request.substring(1))
        .document("lease.pdf", Pdfs.withText("Lease"));
  }
}
