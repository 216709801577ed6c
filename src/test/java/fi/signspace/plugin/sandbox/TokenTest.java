package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest extends SandboxTest {

  @Test
  void valid_credentials_get_a_token_for_an_hour() throws IOException {
    var response = sandbox.requestToken("sandbox:sandbox", "grant_type=client_credentials");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json().get("access_token").textValue()).hasSizeGreaterThan(20);
    assertThat(response.json().get("expires_in").intValue()).isEqualTo(3600);
    assertThat(response.json().get("token_type").textValue()).isEqualTo("Bearer");
  }

  @Test
  void wrong_credentials_are_rejected_as_invalid_client() throws IOException {
    var response = sandbox.requestToken("sandbox:wrong", "grant_type=client_credentials");

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.text()).isEqualTo("{\"error\":\"invalid_client\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grant_type=password", "grant_type=client_credentials&grant_type=x"})
  void another_grant_type_is_rejected(String form) throws IOException {
    var response = sandbox.requestToken("sandbox:sandbox", form);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("error").textValue()).isEqualTo("unsupported_grant_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"files.create", "tasks.get", "tasks.signingRequest.create", "files.download"})
  void a_call_without_a_token_is_rejected(String operation) throws IOException {
    boolean post = operation.endsWith("create");
    String path = "/sandbox/api/v1/" + operation;

    var response = post ? sandbox.sendJson("POST", path, "{}") : sandbox.get(path);

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.json().get("error").textValue()).isEqualTo("unauthorized");
  }

  @Test
  void a_token_expires_after_an_hour() throws IOException {
    clock.advance(Duration.ofMinutes(59));
    int before = sandbox.apiGet("/tasks.list").status();
    clock.advance(Duration.ofMinutes(1));

    int after = sandbox.apiGet("/tasks.list").status();

    assertThat(before).isEqualTo(200);
    assertThat(after).isEqualTo(401);
  }

  @Test
  void revoked_tokens_are_rejected_and_new_ones_accepted() throws IOException {
    sandbox.sendJson("POST", "/sandbox/control/tokens/revoke", "").ok();

    int old = sandbox.apiGet("/tasks.list").status();
    int renewed = sandbox.signIn().apiGet("/tasks.list").status();

    assertThat(old).isEqualTo(401);
    assertThat(renewed).isEqualTo(200);
  }

  @Test
  void a_wrong_method_and_an_unknown_endpoint_differ() throws IOException {
    int wrongMethod = sandbox.apiGet("/tasks.cancel").status();
    int unknown = sandbox.apiGet("/tasks.burn").status();

    assertThat(wrongMethod).isEqualTo(405);
    assertThat(unknown).isEqualTo(404);
  }
}
