package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fi.signspace.plugin.sandbox.file.FileStore;
import fi.signspace.plugin.sandbox.file.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesTest extends SandboxTest {

  @Test
  void a_file_is_returned_unchanged() throws IOException {
    byte[] content = {0, 1, -1, 127, -128};

    String id = sandbox.upload("scan.bin", content);
    var response = sandbox.apiGet("/files.download?id=" + id);

    assertThat(id).matches("[0-9a-f]{24}");
    assertThat(response.bytes()).isEqualTo(content);
    assertThat(response.header("Content-Length")).isEqualTo("5");
    assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
  }

  @Test
  void the_name_of_a_download_may_be_in_any_script() throws IOException {
    String id = sandbox.upload("sopimus – 契約.pdf", "%PDF-1.7 x".getBytes(StandardCharsets.UTF_8));

    var response = sandbox.apiGet("/files.download?id=" + id);

    assertThat(response.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(response.header("Content-Disposition"))
        .startsWith("attachment;")
        .contains("filename*=UTF-8''sopimus%20%E2%80%93%20%E5%A5%91%E7%B4%84.pdf");
  }

  @Test
  void a_document_of_60_megabytes_makes_the_round_trip() throws IOException {
    byte[] content = new byte[60 * 1024 * 1024];
    new Random(1).nextBytes(content);

    var created =
        sandbox.apiPost("files.create", BodyPublishers.ofInputStream(() -> json(content)));
    var response =
        sandbox.apiGet("/files.download?id=" + created.ok().json().get("_id").textValue());

    assertThat(response.bytes()).isEqualTo(content);
  }

  @Test
  void a_larger_document_is_rejected_with_a_message() throws IOException {
    byte[] content = new byte[65 * 1024 * 1024];

    var response =
        sandbox.apiPost("files.create", BodyPublishers.ofInputStream(() -> json(content)));

    assertThat(response.status()).isEqualTo(413);
    assertThat(response.json().get("message").textValue()).contains("base64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name': 'a', 'base64': 'QQ=='} | acting_handle: is mandatory",
        "{'acting_handle': 'me', 'name': 'a', 'base64': 'QQ=='} | acting_handle: must be an e-mail",
        "{'acting_handle': 'r@b.fi', 'base64': 'QQ=='} | name: is mandatory",
        "{'acting_handle': 'r@b.fi', 'name': ' ', 'base64': 'QQ=='} | name: is empty",
        "{'acting_handle': 'r@b.fi', 'name': 1, 'base64': 'QQ=='} | name: must be a string",
        "{'acting_handle': 'r@b.fi', 'name': 'a\\nb', 'base64': 'QQ=='} | name: must be at most 255",
        "{'acting_handle': 'r@b.fi', 'name': 'a'} | base64: is mandatory",
        "{'acting_handle': 'r@b.fi', 'name': 'a', 'base64': ''} | base64: is an empty file",
        "{'acting_handle': 'r@b.fi', 'name': 'a', 'base64': null} | base64: must be a string",
        "{'acting_handle': 'r@b.fi', 'name': 'a', 'base64': 'Q*=='} | base64: is not valid base64",
        "{'acting_handle': 'r@b.fi', 'name': 'a', 'base64': 'QQ'} | base64: is not valid base64",
        "{'acting_handle': 'r@b.fi', 'name': 'a', 'base64': 'QQ==', 'importance_order': '1'} | importance_order: must be a whole",
        "{'acting_handle': 'r@b.fi', 'name': 'a', 'base64': 'QQ==', 'x': 1} | x: unknown parameter",
        "{'acting_handle': 'r@b.fi', 'name': 'a', 'name': 'b', 'base64': 'QQ=='} | The body is not valid JSON",
        "{'acting_handle': 'r@b.fi' | The body is not valid JSON",
        "{} {} | followed by other content",
        "[] | The body must be a JSON object"
      })
  void each_invalid_upload_is_rejected_by_name(String body, String message) throws IOException {
    var response =
        sandbox.apiPost("files.create", BodyPublishers.ofString(body.replace('\'', '"')));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("error").textValue()).startsWith("invalid_");
    assertThat(response.json().get("message").textValue()).contains(message);
  }

  @Test
  void invalid_json_is_rejected() throws IOException {
    var response =
        sandbox.send(
            sandbox
                .authorized("/files.create")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(response.status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400",
    "?id=nothex, 400",
    "?id=0123456789abcdef01234567, 404",
    "?id=0123456789abcdef01234567&id=0123456789abcdef01234568, 400",
    "?id=0123456789abcdef01234567&name=x, 400"
  })
  void a_download_names_one_known_file(String query, int status) throws IOException {
    var response = sandbox.apiGet("/files.download" + query);

    assertThat(response.status()).isEqualTo(status);
  }

  @Test
  void a_full_sandbox_rejects_files_and_keeps_its_content() {
    var store = new FileStore(clock, 10_000);
    StoredFile first = store.add("first", null, new byte[5000]);

    var refusal =
        catchThrowableOfType(
            RefusalException.class, () -> store.add("second", null, new byte[5000]));
    StoredFile copy = store.addCopy(first, first.content());

    assertThat(refusal.status()).isEqualTo(507);
    assertThat(store.find(first.id())).contains(first);
    assertThat(store.require(List.of(copy.id()))).containsExactly(copy);
  }

  /** The body of a files.create call. */
  private static InputStream json(byte[] content) {
    String head = "{\"acting_handle\": \"" + ROBOT + "\", \"name\": \"big.bin\", \"base64\": \"";
    return new SequenceInputStream(
        Collections.enumeration(List.of(stream(head), base64(content), stream("\"}"))));
  }

  private static InputStream base64(byte[] content) {
    return new ByteArrayInputStream(Base64.getEncoder().encode(content));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
