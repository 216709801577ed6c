package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static fi.signspace.plugin.signspace.OutcomeTest.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.SignSpaceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SignSpace's error texts are stored in incidents, but must not reveal confidential data. */
class RedactorTest {

  @RegisterExtension
  static final WireMockExtension SIGN_SPACE =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "010190-123A",
        "010190+123A",
        "010190A123B",
        "010190y123b",
        "nin=010190-123A;",
        "x010190-123A",
        "234242-12",
        "010190\u2013123A",
        "010190&#45;123A"
      })
  void anything_that_looks_like_a_personal_identity_code_is_masked(String code) {
    String shown = show("The code " + code + " is wrong");

    assertThat(shown).contains("[personal code]").doesNotContain("0190").doesNotContain("234242");
  }

  @Test
  void secrets_longer_than_ordinary_words_are_masked() {
    List<String> secrets = List.of("s", "", "pass", "tokens", "top-secret");

    String shown = Redactor.redact("access passed with TOP-SECRET and tokens", secrets, 100);

    assertThat(shown).isEqualTo("access passed with [masked] and [masked]");
  }

  @Test
  void text_is_not_truncated_within_a_character() {
    String shown = Redactor.redact("\ud83d\udd8a".repeat(10), List.of(), 6);

    assertThat(shown).isEqualTo("\ud83d\udd8a".repeat(2) + "…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "62a85fd06cd3aa6e70d1af2d",
        "123456789012345678901234",
        "550e8400-e29b-41d4-a716-446655440000",
        "2026-11-24T10:00:00Z",
        "request 17 of 2026"
      })
  void ids_and_dates_are_not_masked(String text) {
    assertThat(show(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          'To anna.a+x@example.com: no',               'To [e-mail]: no'
          'To äijä@example.fi',                        'To [e-mail]'
          'id=anna%40example.com',                     'id=[e-mail]'
          'anna&#64;example.com',                      '[e-mail]'
          '<h1>502</h1><p>Bad  Gateway</p>',           '502 Bad Gateway'
          '<style>p {}</style>Bad <script>x()</script>', 'Bad'
          'a\tb\u0000c\u202Ed',                        'a b c d'
          'a &lt;b&gt; c &amp; d',                     'a b c & d'
          'Authorization: Bearer abc.def',             'Authorization: Bearer [masked]'
          """)
  void markup_control_characters_and_addresses_are_removed(String text, String shown) {
    assertThat(show(text)).isEqualTo(shown);
  }

  @Test
  void part_of_a_document_is_masked() {
    String base64 = "JVBERi0xLjcKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2cvUGFnZXMgMiAwIFI+Pg==";

    assertThat(show("cannot decode " + base64)).isEqualTo("cannot decode [masked]");
  }

  @Test
  void long_text_is_truncated() {
    assertThat(show("no ".repeat(200))).hasSize(300).endsWith("…");
  }

  @Test
  void truncation_leaves_no_partial_code() {
    String text = "<br> ".repeat(998) + "at 010190-123A";

    assertThat(show(text)).isEqualTo("at");
  }

  @Test
  void a_value_is_masked_before_truncation() {
    String shown = Redactor.redact("x".repeat(7) + " 010190-123A", List.of(), 12);

    assertThat(shown).doesNotContain("0101");
  }

  @Test
  void messages_quote_neither_codes_nor_credentials() {
    TestClients.grantTokens(SIGN_SPACE);
    String echo =
        """
        {"error": "bad code 0A1B2C*9 of a@example.com, token %s", "sent": "0a1b2c9",
         "nin": "whatever"}
        """
            .formatted(TestClients.TOKEN);
    SIGN_SPACE.stubFor(
        post("/api/v1/tasks.signingRequest.create")
            .willReturn(aResponse().withStatus(400).withBody(echo)));

    SignSpaceException failure =
        failureOf(
            () ->
                TestClients.of(SIGN_SPACE)
                    .createSigningRequest(
                        PayloadTest.request("Of 0A1B2C*9", "0A1B2C*9"), List.of("d1")));

    assertThat(failure)
        .hasMessage(
            "Creating signing request Of [masked] failed: HTTP 400 Bad Request, SignSpace says:"
                + " \"bad code [masked] of [e-mail], token [masked], sent: [masked], nin: [masked]\"."
                + " Correct what was sent.");
  }

  @Test
  void no_exception_in_the_chain_quotes_request_or_response() {
    TestClients.grantTokens(SIGN_SPACE);
    SIGN_SPACE.stubFor(
        post("/api/v1/tasks.signingRequest.create")
            .willReturn(aResponse().withBody("010190-123A anna@example.com")));

    SignSpaceException failure =
        failureOf(
            () ->
                TestClients.of(SIGN_SPACE)
                    .createSigningRequest(
                        PayloadTest.request("Lease", "010190-123A"), List.of("d1")));

    assertThat(failure)
        .hasStackTraceContaining("not JSON")
        .satisfies(
            thrown -> {
              StringWriter trace = new StringWriter();
              thrown.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("010190").doesNotContain("anna");
            });
  }

  private static String show(String text) {
    return Redactor.redact(text, List.of(), 300);
  }
}
