package fi.signspace.plugin.engine.nin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.encryption.TestNins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredValueTest {

  private static final String CODE = "131052-308T";

  @ParameterizedTest(name = "{index}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "participants | [{\"nin\": \"131052-308T\"}] | participants[0].nin",
        "participants | [{\"nin\": \"131052\\u002d308T\"}] | participants[0].nin",
        "participants | [{\"\\u006ein\": \"131052-308T\"}] | participants[0].nin",
        "participants | [{\"x\": \"131052\\u002d308T\"}] | participants",
        "participants | [{\"handle\": \"131052 308T\"}] | participants",
        "participants | [{\"displayName\": \"131052–308U\"}] | participants",
        "participants | [{\"handle\": \"a@b.fi\"}] {\"nin\": \"131052-308T\"} | participants",
        "participants | [{\"nin\": \"131052-308T\", \"nin\": \"\"}] | participants",
        "participants | [{\"x\": \"131052-308T\", \"x\": \"\"}] | participants",
        "participants | [{\"handle\": \"a@b.fi\", \"nin\": \"13105 | participants",
        "participants | [{'nin': '131052_308T'}] | participants",
        "title | Lease of 131052 308T | title",
        "description | 131052\u200b-308T | description",
        "metadata | {\"f\": \"131052-308T\"} | metadata",
        "decision | abandon 131052-308T | decision",
        "people | [{\"\\u006ein\": \"131052\\u002d308T\"}] | people",
        "title | \\u131052-308T | title",
        "people | {\"text\": \"[{\\\"nin\\\": \\\"131052-308T\\\"}]\"} | people",
      })
  void a_plaintext_code_is_found(String variable, String value, String place) {
    assertThat(stored(value).plaintextNins(variable)).containsExactly(place);
  }

  @ParameterizedTest(name = "{index}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "participants | [{\"handle\": \"a@b.fi\", \"role\": \"signer\"},]",
        "participants | ann@a.fi, bob@b.fi",
        "participants | [{\"handle\": \"anna123456-12@b.fi\"}]",
        "title | Lease 2026-11-27, call 0401234567",
        "title | Lease of 131052-308U",
        "employee | 131052-308T",
      })
  void foreign_values_are_not_changed(String variable, String value) {
    assertThat(stored(value).plaintextNins(variable)).isEmpty();
  }

  @Test
  void an_encrypted_code_in_broken_json_is_allowed_and_kept_out_of_history() {
    String encrypted = TestNins.CIPHER.encrypt(CODE);
    StoredValue broken = stored("[{\"handle\": \"a@b.fi\", \"nin\": \"" + encrypted + "\"},]");

    assertThat(broken.plaintextNins("participants")).isEmpty();
    assertThat(broken.withoutNins().text()).contains("a@b.fi").doesNotContain("eyJ");
  }

  private static StoredValue stored(String text) {
    return new StoredValue(text.getBytes(UTF_8));
  }
}
