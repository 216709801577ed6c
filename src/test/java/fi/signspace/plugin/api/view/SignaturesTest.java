package fi.signspace.plugin.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import java.time.Instant;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

  @Test
  void a_signature_has_a_name_and_times_and_nothing_else() {
    String json =
        "[{\"signedBy\": \"anna@example.com\", \"signedAt\": \"2026-11-25T10:00:00Z\","
            + " \"status\": \"signed\"}, {\"documentsReplacedAt\": \"2026-11-26T10:00:00Z\"}]";

    var signatures = Signatures.read(SpinValues.jsonValue(json).create());

    assertThat(signatures)
        .containsExactly(
            new Signature("anna@example.com", Instant.parse("2026-11-25T10:00:00Z"), null),
            new Signature(null, null, Instant.parse("2026-11-26T10:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[}",
        "null",
        "1",
        "\"text\"",
        "{\"signedBy\": \"a\"}",
        "[1]",
        "[[]]",
        "[null]",
        "[{\"signedBy\": {\"a\": 1}}]",
        "[{\"signedAt\": \"yesterday\"}]",
        "[{\"signedAt\": 1795557843}]",
        "[{\"signedBy\": \"a\", \"signedBy\": \"b\"}]",
        "[]}, \"status\": \"signed\", \"x\": {",
        "[] []"
      })
  void a_malformed_list_of_signatures_is_omitted(String json) {
    var signatures = Signatures.read(SpinValues.jsonValue(json).create());

    assertThat(signatures).isNull();
  }

  @Test
  void deep_and_long_json_is_omitted() {
    var deep = SpinValues.jsonValue("[".repeat(100_000)).create();
    var number = SpinValues.jsonValue("[{\"signedAt\": " + "9".repeat(5_000) + "}]").create();

    assertThat(Signatures.read(deep)).isNull();
    assertThat(Signatures.read(number)).isNull();
  }

  @Test
  void a_value_of_another_type_is_omitted() {
    assertThat(Signatures.read(Variables.stringValue("[]"))).isNull();
    assertThat(Signatures.read(null)).isNull();
  }
}
