package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static fi.signspace.plugin.signspace.OutcomeTest.failureOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Files;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SignSpaceException.Kind;
import fi.signspace.plugin.signing.text.FileType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A download is complete or fails. */
class DownloadTest {

  private static final byte[] PDF = "%PDF-1.7 signed".getBytes(UTF_8);

  @RegisterExtension
  static final WireMockExtension SIGN_SPACE =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().gzipDisabled(true))
          .build();

  private final SignSpaceClient client = TestClients.of(SIGN_SPACE);

  @BeforeEach
  void grantTokens() {
    TestClients.grantTokens(SIGN_SPACE);
  }

  @Test
  void a_download_has_its_name_and_type() {
    respond(pdf().withHeader("Content-Disposition", "attachment; filename=\"Lease.pdf\""));

    Document document = client.downloadDocument("s1");

    assertThat(document.name()).isEqualTo("Lease.pdf");
    assertThat(document.mimeType()).isEqualTo("application/pdf");
    assertThat(document.content()).isEqualTo(PDF);
  }

  @Test
  void a_personal_identity_code_in_a_name_is_masked() {
    respond(pdf().withHeader("Content-Disposition", "attachment; filename=\"of 131052-308T.pdf\""));

    assertThat(client.downloadDocument("s1").name()).startsWith("of ").doesNotContain("308T");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attachment; filename=Lease.pdf                                         | Lease.pdf
          attachment; filename="a \\"b\\".pdf"                                   | a "b".pdf
          attachment; filename="x.pdf"; filename*=UTF-8''Sopimus%20%C3%A4%C3%B6.pdf | Sopimus äö.pdf
          inline                                                                 | ''
          nonsense                                                               | ''
          ;;=                                                                    | ''
          """)
  void the_name_is_parsed_as_the_standards_define(String disposition, String name) {
    respond(pdf().withHeader("Content-Disposition", disposition));

    assertThat(client.downloadDocument("s1").name()).isEqualTo(name);
  }

  @Test
  void a_name_in_raw_utf_8_is_accepted() {
    String raw = new String("attachment; filename=\"Sopimus ä.pdf\"".getBytes(UTF_8), ISO_8859_1);
    respond(pdf().withHeader("Content-Disposition", raw));

    assertThat(client.downloadDocument("s1").name()).isEqualTo("Sopimus ä.pdf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html><h1>Scanning</h1></html>", "{\"error\": \"scan failed\"}", ""})
  void other_content_instead_of_a_pdf_is_rejected(String body) {
    respond(pdf().withBody(body));

    SignSpaceException failure = failureOf(() -> client.downloadDocument("s1"));

    assertThat(failure.kind()).isEqualTo(Kind.UNCONFIRMED);
    assertThat(failure).hasMessageStartingWith("Downloading file s1 failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html; charset=utf-8", "application/json"})
  void a_page_without_a_name_is_rejected(String type) {
    respond(aResponse().withHeader("Content-Type", type).withBody("{\"error\": \"scan failed\"}"));

    SignSpaceException failure = failureOf(() -> client.downloadDocument("s1"));

    assertThat(failure.kind()).isEqualTo(Kind.UNCONFIRMED);
    assertThat(failure).hasMessageContaining("scan failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attachment; filename=notes.txt",
        "attachment; filename=lease.pdf",
        "attachment; filename=lease.docx",
        ""
      })
  void a_page_is_rejected_with_any_name_and_type(String disposition) {
    respond(
        aResponse()
            .withHeader("Content-Disposition", disposition)
            .withHeader("Content-Type", "text/plain")
            .withBody(Files.PAGE));

    assertThat(failureOf(() -> client.downloadDocument("s1")).kind()).isEqualTo(Kind.UNCONFIRMED);
  }

  @Test
  void a_page_that_is_the_file_is_accepted() {
    respond(
        aResponse()
            .withHeader("Content-Disposition", "attachment; filename=offer.html")
            .withHeader("Content-Type", "text/html")
            .withBody(Files.PAGE));

    assertThat(client.downloadDocument("s1").mimeType()).isEqualTo("text/html");
  }

  static Stream<Arguments> signedUnderTheNameOfAPdf() {
    return Stream.of(
        Arguments.arguments(Files.JPEG, "image/jpeg"),
        Arguments.arguments(Files.zip("word/document.xml"), FileType.DOCX.mediaType()),
        Arguments.arguments("x".getBytes(UTF_8), "text/plain"),
        Arguments.arguments(Files.pdfAfter(2000), "text/plain"),
        Arguments.arguments(new byte[] {0, 1, 2}, "application/octet-stream"));
  }

  @ParameterizedTest
  @MethodSource("signedUnderTheNameOfAPdf")
  void signed_content_is_accepted_unchanged_under_any_name(byte[] signed, String type) {
    respond(
        pdf()
            .withHeader("Content-Disposition", "attachment; filename=\"scan.pdf\"")
            .withBody(signed));

    Document document = client.downloadDocument("s1");

    assertThat(document.content()).isEqualTo(signed);
    assertThat(document.mimeType()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pdf",
        "application/pdf; name=Sopimus ja liite.pdf",
        "application/pdf, application/pdf",
        "\"application/pdf\"",
        "application/octet-stream",
        ";",
      })
  void a_media_type_is_normalized(String declared) {
    respond(aResponse().withHeader("Content-Type", declared).withBody(PDF));

    assertThat(client.downloadDocument("s1").mimeType()).isEqualTo("application/pdf");
  }

  @Test
  void a_file_of_another_type_is_accepted_unchanged() {
    respond(
        aResponse()
            .withHeader("Content-Disposition", "attachment; filename=data.json")
            .withHeader("Content-Type", "application/json")
            .withBody("{}"));

    assertThat(client.downloadDocument("s1").content()).isEqualTo("{}".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "Content-MD5, MD5, '%s'",
    "Digest, SHA-256, 'sha-256=%s'",
    "Digest, SHA-256, 'md5=xyz,SHA-256=%s'",
    "Repr-Digest, SHA-256, 'sha-256=:%s:'"
  })
  void digests_are_compared(String header, String algorithm, String pattern) {
    respond(pdf().withHeader(header, pattern.formatted(digest(algorithm, PDF))));
    assertThat(client.downloadDocument("s1").content()).isEqualTo(PDF);

    respond(pdf().withHeader(header, pattern.formatted(digest(algorithm, new byte[1]))));
    SignSpaceException failure = failureOf(() -> client.downloadDocument("s1"));

    assertThat(failure.kind()).isEqualTo(Kind.UNCONFIRMED);
    assertThat(failure).hasMessageContaining("digest");
  }

  @Test
  void a_file_compressed_by_a_proxy_is_decompressed() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(PDF);
    }
    respond(pdf().withHeader("Content-Encoding", "gzip").withBody(compressed.toByteArray()));

    assertThat(client.downloadDocument("s1").content()).isEqualTo(PDF);
  }

  private static void respond(ResponseDefinitionBuilder response) {
    SIGN_SPACE.stubFor(get("/api/v1/files.download?id=s1").willReturn(response));
  }

  private static ResponseDefinitionBuilder pdf() {
    return aResponse().withHeader("Content-Type", "application/pdf").withBody(PDF);
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
