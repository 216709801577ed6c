package fi.signspace.plugin.api.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.Participant;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

  private static final String GIVEN =
      """
      {"signedBy": "anna@example.com", "signedAt": "2026-11-25T10:00:00Z", "documentsReplacedAt": "2026-11-27T10:00:00Z"}\
      """;

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

  static Stream<Arguments> signatures() {
    return Stream.of(
        arguments("[" + GIVEN + "]", true),
        arguments("[]", false),
        arguments("[" + GIVEN + ", " + GIVEN + "]", false),
        arguments("[" + GIVEN.replace("anna", "ben") + "]", false),
        arguments("[" + GIVEN.replace("25T", "26T") + "]", false),
        arguments("[" + GIVEN.replace("27T10:00:00Z", "27T10:00:01Z") + "]", false),
        arguments("[" + GIVEN.replace("documentsReplacedAt", "other") + "]", false));
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void only_the_signatures_that_a_worker_has_sealed_are_shown(String json, boolean isShown) {
    SigningState state =
        requested()
            .withSignatures(
                new SignatureGiven(
                    "anna@example.com", "2026-11-25T10:00:00Z", "2026-11-27T10:00:00Z"));

    List<Signature> shown = Signatures.readSealed(SpinValues.jsonValue(json).create(), state);

    assertThat(shown != null).isEqualTo(isShown);
  }

  /** Otherwise the signatures would not be shown after an upgrade. */
  @Test
  void the_sealed_hash_does_not_change_between_versions() {
    assertThat(SignatureGiven.hash(List.of(new SignatureGiven("anna@example.com", null, null))))
        .isEqualTo(Sha256.of("null\nnull\nanna@example.com\n".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_request_has_no_signatures_before_a_worker_has_reported_one() {
    var variable = SpinValues.jsonValue("[" + GIVEN + "]").create();

    assertThat(Signatures.readSealed(variable, requested())).isNull();
    assertThat(Signatures.readSealed(SpinValues.jsonValue("[]").create(), requested())).isEmpty();
  }

  /** The state of a former version has no hash of them. */
  @ParameterizedTest
  @CsvSource({
    "anna@example.com, 1, true",
    "ANNA@example.com, 1, true",
    "anna@example.com, 0, false",
    "anna@example.com,, false",
    "mallory@example.com, 1, false"
  })
  void of_former_versions_the_number_and_the_signers_are_compared(
      String signedBy, @Nullable Integer completed, boolean isShown) {
    SigningState former = ofFormerVersion(requested(), completed);
    var variable = SpinValues.jsonValue("[{\"signedBy\": \"%s\"}]".formatted(signedBy)).create();

    assertThat(Signatures.readSealed(variable, former) != null).isEqualTo(isShown);
  }

  private static SigningState requested() {
    String at = "2026-03-01T12:00:00Z";
    Creation creation =
        new Creation(
            at,
            "create",
            "Lease",
            "robot@example.com",
            null,
            List.of(new Participant("anna@example.com", "signer", "Anna", null, null)),
            null);
    return SigningState.initial(new Binding("instance", "sandbox", "", null, "key"))
        .withRequest(
            new SentRequest("request-1", creation, null, List.of(), at, List.of()),
            LastCheck.none(at));
  }

  private static SigningState ofFormerVersion(SigningState state, @Nullable Integer completed) {
    LastCheck check =
        new LastCheck(
            "in_progress", "awaiting", "2026-03-01T12:00:00Z", completed, 0, 0, null, false, null);
    return new SigningState(
        state.version(),
        state.binding(),
        null,
        null,
        List.of(),
        false,
        null,
        state.request(),
        check,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        null,
        null,
        0,
        null,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        null,
        null);
  }
}
