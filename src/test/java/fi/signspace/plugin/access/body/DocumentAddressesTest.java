package fi.signspace.plugin.access.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class DocumentAddressesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/signing-requests",
        "/api/signing-requests/7/replace-documents",
        "/api/bulk",
        "/sandbox/api/v1/files.create",
        "/engine-rest/process-definition/key/signing-request/start",
        "/engine-rest/process-definition/key/signing-request/submit-form",
        "/engine-rest/engine/default/process-definition/1/start",
        "/engine-rest/task/1/complete",
        "/engine-rest/task/1/submit-form",
        "/engine-rest/task/1/variables",
        "/engine-rest/task/1/localVariables/document2/data",
        "/engine-rest/process-instance/1/variables/signedDocument1/data",
        "/engine-rest/execution/1/localVariables",
        "/engine-rest/external-task/1/complete",
        "/engine-rest/message",
        "/engine-rest/deployment/create",
        "/camunda/api/engine/engine/default/task/1/submit-form",
        "/camunda/api/engine/engine/default/process-definition/1/submit-form",
        "/rest/message"
      })
  void documents_are_sent_with_starts_tasks_messages_and_variables(String path) {
    assertThat(isIncluded("", path)).isTrue();
    assertThat(isIncluded("/signing", path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/encrypted-nins",
        "/engine-rest/task",
        "/engine-rest/task/count",
        "/engine-rest/%74ask/1/complete",
        "/engine-rest/process-instance",
        "/engine-rest/history/variable-instance",
        "/engine-rest/filter/create",
        "/engine-rest/external-task/fetchAndLock",
        "/engine-rest/user/create",
        "/camunda/api/admin/auth/user/default/login/tasklist",
        "/camunda/api/engine/engine/default/task",
        "/sandbox/auth/token",
        "/sandbox/control/faults",
        "/actuator/health"
      })
  void documents_are_not_sent_anywhere_else(String path) {
    assertThat(isIncluded("", path)).isFalse();
    assertThat(isIncluded("/signing", path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/signing-requests/cancel", "/api/bulk/7/pause"})
  void what_is_sent_to_our_api_in_another_way_than_a_form_is_no_document(String path) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
    assertThat(DocumentAddresses.include(request)).isFalse();

    request.setContentType("application/json");
    assertThat(DocumentAddresses.include(request)).isFalse();
  }

  private static boolean isIncluded(String contextPath, String path) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", contextPath + path);
    request.setContextPath(contextPath);
    request.setContentType("multipart/form-data; boundary=x");
    return DocumentAddresses.include(request);
  }
}
