package fi.signspace.plugin.signspace;

import static fi.signspace.plugin.signspace.RawServer.write;
import static fi.signspace.plugin.signspace.TestClients.HANDLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.sun.management.ThreadMXBean;
import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signspace.http.FilePayload;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document of 60 MB is uploaded and downloaded with little memory. */
class LargeDocumentTest {

  private static final int MB = 1024 * 1024;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @RegisterExtension
  static final WireMockExtension IDENTITY_PROVIDER =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort())
          .build();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 49_151, 49_152, 49_153, 100_000})
  void the_base64_in_the_payload_is_complete_for_any_size(int size) throws JsonProcessingException {
    Document document = document(size);

    byte[] json = new FilePayload(HANDLE, 1, document).json(MAPPER);

    JsonNode payload = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
    assertThat(Base64.getDecoder().decode(payload.path("base64").asText()))
        .isEqualTo(document.content());
  }

  @Test
  void an_upload_allocates_its_payload_once() throws IOException {
    AtomicReference<String> received = new AtomicReference<>("");
    try (RawServer server =
        new RawServer(
            (in, out) -> {
              received.set(sha256OfUpload(new BufferedInputStream(in)));
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"_id\":\"d1\"}");
            })) {
      SignSpaceClient client = client(server);
      Document document = document(60 * MB);
      client.uploadDocument(HANDLE, document(1), 1); // classes and token are there

      long before = allocated();
      client.uploadDocument(HANDLE, document, 1);

      assertThat(received.get()).isEqualTo(sha256(document.content()));
      // 80 MB of payload, and as much in short-lived slices
      assertThat(allocated() - before).isLessThan(250L * MB);
    }
  }

  @Test
  void a_download_allocates_its_content_once() throws IOException {
    byte[] content = document(60 * MB).content();
    System.arraycopy("%PDF".getBytes(StandardCharsets.US_ASCII), 0, content, 0, 4);
    try (RawServer server =
        new RawServer(
            (in, out) -> {
              write(
                  out,
                  "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: "
                      + content.length
                      + "\r\n\r\n");
              out.write(content);
              out.flush();
            })) {
      SignSpaceClient client = client(server);
      client.downloadDocument("warm-up");

      long before = allocated();
      Document document = client.downloadDocument("s1");

      assertThat(sha256(document.content())).isEqualTo(sha256(content));
      assertThat(allocated() - before).isLessThan(70L * MB);
    }
  }

  private static SignSpaceClient client(RawServer server) {
    TestClients.grantTokens(IDENTITY_PROVIDER);
    SignSpaceProperties basic =
        TestClients.properties(
            IDENTITY_PROVIDER.baseUrl(), Duration.ofMinutes(1), Duration.ofMinutes(1));
    return TestClients.of(
        new SignSpaceProperties(
            new HttpAddress(URI.create(server.url() + "/api/v1")),
            basic.tokenUrl(),
            basic.clientId(),
            basic.clientSecret(),
            basic.actingHandle(),
            List.of(),
            basic.connectTimeout(),
            basic.readTimeout(),
            basic.transferTimeout(),
            50));
  }

  private static Document document(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return new Document("Lease.pdf", "application/pdf", content);
  }

  /** Returns the bytes allocated by this thread, without those of the server. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Returns the content in {@code {…,"base64":"…"}}. */
  private static String sha256OfUpload(InputStream in) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream(100 * MB);
    int next = in.read();
    while (next != '}') {
      json.write(next);
      next = in.read();
    }
    String text = json.toString(StandardCharsets.US_ASCII);
    int from = text.indexOf("\"base64\":\"") + "\"base64\":\"".length();
    return sha256(Base64.getDecoder().decode(text.substring(from, text.length() - 1)));
  }

  private static String sha256(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
