package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxPageTest extends SandboxTest {

  @ParameterizedTest
  @CsvSource({
    "/sandbox, text/html",
    "/sandbox/requests/0123456789abcdef01234567, text/html",
    "/sandbox/sandbox.css, text/css",
    "/sandbox/sandbox.js, text/javascript"
  })
  void the_page_is_served_with_a_strict_policy(String path, String type) throws IOException {
    var response = sandbox.get(path);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).startsWith(type);
    assertThat(response.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void a_trailing_slash_redirects_to_the_page() throws IOException {
    var response = sandbox.get("/sandbox/");

    assertThat(response.status()).isEqualTo(308);
    assertThat(response.header("Location")).isEqualTo("/sandbox");
  }

  @ParameterizedTest
  @CsvSource({
    "a.pdf, %PDF-1.7, application/pdf, inline",
    "a.txt, Hello, text/plain, inline",
    "a.png, x, image/png, inline",
    "a.html, <script>alert(1)</script>, application/octet-stream, attachment",
    "a.svg, <svg onload='alert(1)'/>, application/octet-stream, attachment",
    "a, <script>alert(1)</script>, application/octet-stream, attachment"
  })
  void a_document_cannot_run_code_in_the_browser(
      String name, String content, String type, String disposition) throws IOException {
    String id = sandbox.upload(name, content.getBytes(StandardCharsets.UTF_8));

    var response = sandbox.get("/sandbox/documents/" + id);

    assertThat(response.text()).isEqualTo(content);
    assertThat(response.header("Content-Type")).isEqualTo(type);
    assertThat(response.header("Content-Disposition")).startsWith(disposition + ";");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("Content-Security-Policy")).startsWith("sandbox;");
  }

  @Test
  void an_unknown_document_is_not_found() throws IOException {
    var response = sandbox.get("/sandbox/documents/" + NO_SUCH_ID);

    assertThat(response.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sign", "decline", "hold", "cancel", "open", "complete", "report"})
  void actions_on_an_unknown_request_are_rejected(String action) throws IOException {
    var body =
        action.equals("sign") || action.equals("decline") ? Map.of("handle", ANNA) : Map.of();

    var response = sandbox.control(NO_SUCH_ID, action, body);

    assertThat(response.status()).isEqualTo(404);
  }
}
