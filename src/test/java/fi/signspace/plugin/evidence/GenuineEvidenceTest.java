package fi.signspace.plugin.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.evidence.Samples.Signed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenuineEvidenceTest {

  private static final EvidenceKeys KEYS = Samples.keys("a secret");

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_genuine_set_is_valid_in_any_order_of_its_files(long seed) {
    Signed signed = Samples.signed(seed);
    List<Coverage.SuppliedFile> files = new ArrayList<>(signed.files());
    Collections.shuffle(files, new Random(seed));

    Verification result =
        new EvidenceVerifier(KEYS)
            .verify(Samples.sign(signed.evidence(), KEYS), Coverage.of(files));

    assertThat(result).isInstanceOf(Verification.Valid.class);
    assertThat(((Verification.Valid) result).evidence()).isEqualTo(signed.evidence());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_published_keys_are_sufficient_for_verification(long seed) {
    Signed signed = Samples.signed(seed);
    EvidenceKeys published = EvidenceKeys.forVerification(KEYS.toJson());

    Verification result =
        new EvidenceVerifier(published)
            .verify(Samples.sign(signed.evidence(), KEYS), Coverage.of(signed.files()));

    assertThat(result).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void unreported_values_are_marked_and_the_version_comes_first() {
    Evidence reported = Samples.signed(1).evidence();
    Evidence evidence =
        new Evidence(
            reported.instance(),
            reported.request(),
            reported.participants(),
            reported.documentsSent(),
            new Evidence.Signatures(null, null, null),
            reported.documentsSigned(),
            new Evidence.Times(null, Samples.NOW),
            null,
            Samples.NOW);

    String json = payload(new EvidenceSigner(KEYS).sign(evidence).jws());

    assertThat(json).startsWith("{\"version\":1,");
    assertThat(json)
        .contains(
            "\"signatures\":{\"given\":\"not told\",\"requested\":\"not told\",\"completed\":\"not told\"}")
        .contains("\"engine\":\"not told\"")
        .contains("\"createdAt\":\"not told\"");
  }

  @Test
  void evidence_that_covers_nothing_cannot_be_created() {
    Evidence some = Samples.signed(1).evidence();

    assertThatThrownBy(
            () ->
                new Evidence(
                    some.instance(),
                    some.request(),
                    some.participants(),
                    some.documentsSent(),
                    some.signatures(),
                    List.of(),
                    some.signSpace(),
                    some.engine(),
                    some.issuedAt()))
        .hasMessageContaining("at least one signed document");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "a/b\\c",
        "con\u0000\r\nx",
        "\u202E",
        "Äiti",
        "lease \uD83D\uDE80"
      })
  void the_file_name_is_valid_on_every_file_system(String title) {
    Evidence some = Samples.signed(1).evidence();
    Evidence.Request request = some.request();
    Evidence evidence =
        new Evidence(
            some.instance(),
            new Evidence.Request(
                request.apiUrl(), request.id(), List.of(), title, request.actingHandle()),
            some.participants(),
            some.documentsSent(),
            some.signatures(),
            some.documentsSigned(),
            some.signSpace(),
            some.engine(),
            some.issuedAt());

    String name = new EvidenceSigner(KEYS).sign(evidence).fileName();

    assertThat(name).endsWith("-evidence.jws").doesNotStartWith(".").doesNotStartWith("-");
    assertThat(name).doesNotContain("/", "\\", "\n", "\r", "\u0000", "\u202E");
  }

  static String payload(String jws) {
    String[] parts = jws.split("\\.", -1);
    return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
  }
}
