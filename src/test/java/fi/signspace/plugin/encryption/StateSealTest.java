package fi.signspace.plugin.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StateSealTest {

  private static final JWSAlgorithm HS256 = JWSAlgorithm.HS256;
  private static final int GENERATED = 500;
  private static final String SECRET = "secret of the tests";
  private static final String TYPE = "signing-state+jws";
  private static final SealKeys KEYS = TestSeals.keys(SECRET);
  private static final StateSeal SEAL = TestSeals.SEAL;
  private static final SigningState STATE =
      SigningState.initial(new Binding("instance-1", "https://signspace.example", "", null, "k"));

  @Test
  void a_state_is_read_back_as_it_was_sealed() {
    assertThat(IntStream.range(0, GENERATED).mapToObj(GeneratedStates::of).toList())
        .allSatisfy(state -> assertThat(SEAL.open(SEAL.seal(state))).isEqualTo(state));
  }

  @Test
  void equal_states_give_equal_text_and_different_states_different_text() {
    Map<SigningState, String> sealed = new HashMap<>();
    IntStream.range(0, GENERATED)
        .mapToObj(GeneratedStates::of)
        .forEach(state -> sealed.put(state, SEAL.seal(state)));

    assertThat(sealed.values()).doesNotHaveDuplicates();
    assertThat(sealed).allSatisfy((state, text) -> assertThat(SEAL.seal(state)).isEqualTo(text));
  }

  @Test
  void surrounding_blanks_are_ignored() {
    assertThat(SEAL.open(" " + SEAL.seal(STATE) + "\n")).isEqualTo(STATE);
  }

  @Test
  void a_former_secret_opens_and_the_current_one_seals() {
    StateSeal rotated = TestSeals.with("new secret", SECRET);

    assertThat(rotated.open(SEAL.seal(STATE))).isEqualTo(STATE);
    assertThat(TestSeals.with(SECRET, "new secret").open(rotated.seal(STATE))).isEqualTo(STATE);
    assertThat(TestSeals.with("new secret").open(rotated.seal(STATE))).isEqualTo(STATE);
  }

  @Test
  void a_removed_secret_is_reported_by_its_id_and_nothing_is_read() {
    StateSeal rotated = TestSeals.with("new secret");

    assertThatThrownBy(() -> rotated.open(SEAL.seal(STATE)))
        .isInstanceOfSatisfying(
            UnknownSealKeyException.class, e -> assertThat(e.keyId()).contains(KEYS.currentId()))
        .hasMessageContaining(KEYS.currentId())
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void a_node_without_a_secret_reads_nothing_and_seals_nothing() {
    StateSeal none = TestSeals.with();

    assertThat(none.isReadable()).isFalse();
    assertThatThrownBy(() -> none.open(SEAL.seal(STATE)))
        .isInstanceOf(UnknownSealKeyException.class);
    assertThatThrownBy(() -> none.seal(STATE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signspace.seal.secret");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"version\":2,\"binding\":{},\"added\":1}`, version 2",
        "`{\"version\":1,\"binding\":{\"key\":\"k\"},\"added\":1}`, field added",
        "`{\"version\":1,\"binding\":{\"added\":{}}}`, field added"
      })
  void a_state_of_a_later_format_is_left_to_newer_nodes(String later, String named) {
    assertThatThrownBy(() -> SEAL.open(sealed(later)))
        .isInstanceOfSatisfying(UnknownSealKeyException.class, e -> assertThat(e.keyId()).isEmpty())
        .hasMessageContaining("later format")
        .hasMessageContaining(named);
  }

  static Stream<Arguments> broken() {
    String genuine = SEAL.seal(STATE);
    String other = SEAL.seal(GeneratedStates.of(1));
    String[] part = genuine.split("\\.", -1);
    String[] otherPart = other.split("\\.", -1);
    String payload = new String(Base64.getUrlDecoder().decode(part[1]), UTF_8);
    String key = KEYS.currentId();
    return Stream.of(
        arguments("nothing", ""),
        arguments("text", "signed"),
        arguments("two dots", ".."),
        arguments("JSON", payload),
        arguments("the content of another state", part[0] + "." + otherPart[1] + "." + part[2]),
        arguments("the seal of another state", part[0] + "." + part[1] + "." + otherPart[2]),
        arguments("no seal", part[0] + "." + part[1] + "."),
        arguments("cut off", genuine.substring(0, genuine.length() - 4)),
        arguments("continued", genuine + "AAAA"),
        arguments("twice", genuine + genuine),
        arguments("one part less", part[0] + "." + part[1]),
        arguments("one part more", genuine + "." + part[2]),
        arguments(
            "the JSON serialization",
            "{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}"
                .formatted(part[1], part[0], part[2])),
        arguments("another secret under our id", sealed("stolen", TYPE, key, HS256, payload)),
        arguments("another algorithm", sealed(SECRET, TYPE, key, JWSAlgorithm.HS512, payload)),
        arguments("another type", sealed(SECRET, "JWT", key, HS256, payload)),
        arguments("no type", sealed(SECRET, null, key, HS256, payload)),
        arguments("no key id", sealed(SECRET, TYPE, null, HS256, payload)),
        arguments("a key id that no node has", sealed("x", TYPE, "x\ny", HS256, payload)),
        arguments(
            "the algorithm none",
            encoded("{\"alg\":\"none\",\"typ\":\"%s\",\"kid\":\"%s\"}".formatted(TYPE, key))
                + "."
                + part[1]
                + "."),
        arguments("no state", sealed("[]")),
        arguments("no JSON", sealed("sealed")),
        arguments(
            "a name twice",
            sealed(payload.replace("{\"version\":1", "{\"version\":1,\"version\":1"))),
        arguments("something behind", sealed(payload + "{}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void a_state_that_no_worker_has_written_is_not_read(String what, String text) {
    assertThatThrownBy(() -> SEAL.open(text)).as(what).isInstanceOf(BrokenSealException.class);
  }

  @Test
  void no_letter_can_be_changed() { // the last one has bits that mean nothing
    String genuine = SEAL.seal(STATE);

    assertThat(IntStream.range(0, genuine.length() - 1).boxed().toList())
        .allSatisfy(
            i -> {
              char changed = genuine.charAt(i) == 'A' ? 'B' : 'A';
              String text = genuine.substring(0, i) + changed + genuine.substring(i + 1);
              assertThatThrownBy(() -> SEAL.open(text))
                  .as("letter %d", i)
                  .isInstanceOfAny(BrokenSealException.class, UnknownSealKeyException.class);
            });
  }

  @Test
  void seals_for_other_purposes_are_not_valid() {
    String payload =
        new String(Base64.getUrlDecoder().decode(SEAL.seal(STATE).split("\\.", -1)[1]), UTF_8);
    String foreign = sealed(KEYS.secretFor("evidence"), TYPE, KEYS.currentId(), HS256, payload);

    assertThatThrownBy(() -> SEAL.open(foreign)).isInstanceOf(BrokenSealException.class);
    assertThat(KEYS.secretFor("evidence"))
        .isNotEqualTo(KEYS.secretFor("signing-state"))
        .hasSize(32);
  }

  /** Seals like one of our own workers. */
  private static String sealed(String payload) {
    return sealed(SECRET, TYPE, KEYS.currentId(), HS256, payload);
  }

  private static String sealed(
      String secret,
      @Nullable String type,
      @Nullable String keyId,
      JWSAlgorithm algorithm,
      String payload) {
    byte[] key = TestSeals.keys(secret).secretFor("signing-state");
    // HS512 wants a longer one
    byte[] longEnough = Arrays.copyOf(key, algorithm.equals(HS256) ? 32 : 64);
    return sealed(longEnough, type, keyId, algorithm, payload);
  }

  private static String sealed(
      byte[] key,
      @Nullable String type,
      @Nullable String keyId,
      JWSAlgorithm algorithm,
      String payload) {
    JWSHeader header =
        new JWSHeader.Builder(algorithm)
            .type(type == null ? null : new JOSEObjectType(type))
            .keyID(keyId)
            .build();
    JWSObject jws = new JWSObject(header, new Payload(payload));
    try {
      jws.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jws.serialize();
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
