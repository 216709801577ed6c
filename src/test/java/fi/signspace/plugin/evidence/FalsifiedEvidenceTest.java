package fi.signspace.plugin.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import fi.signspace.plugin.evidence.Coverage.SuppliedFile;
import fi.signspace.plugin.evidence.Samples.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every falsification of several genuine sets is detected. */
class FalsifiedEvidenceTest {

  private static final EvidenceKeys KEYS = Samples.keys("a secret");
  private static final int SETS = 12;

  /** The input of a verifier. */
  private record Given(String evidence, List<SuppliedFile> files, EvidenceKeys keys) {

    Verification verify() {
      return new EvidenceVerifier(keys)
          .verify(evidence.getBytes(StandardCharsets.ISO_8859_1), Coverage.of(files));
    }
  }

  /** Falsifies one thing in a genuine set. */
  private interface Falsification {
    Given of(Signed signed, Random random) throws Exception;
  }

  static Stream<Arguments> falsifications() {
    return Stream.of(
            documents(
                "one byte of a document changed",
                (docs, random) -> {
                  byte[] changed = docs.get(0).clone();
                  changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                  docs.set(0, changed);
                }),
            documents(
                "the end of a document removed",
                (docs, random) -> {
                  byte[] document = docs.get(0);
                  docs.set(0, java.util.Arrays.copyOf(document, document.length - 1));
                }),
            documents(
                "something appended to a document",
                (docs, random) ->
                    docs.set(
                        0, (text(docs.get(0)) + "\n%%EOF").getBytes(StandardCharsets.ISO_8859_1))),
            documents(
                "another document",
                (docs, random) -> docs.set(0, Samples.signed(777).documents().get(0))),
            documents("an empty document", (docs, random) -> docs.set(0, new byte[0])),
            documents(
                "the unsigned original under the signed name",
                (docs, random) -> docs.set(0, Samples.original(docs.get(0)))),
            documents(
                "one document missing", (docs, random) -> docs.remove(random.nextInt(docs.size()))),
            documents("no document", (docs, random) -> docs.clear()),
            documents("one document given twice", (docs, random) -> docs.add(docs.get(0))),
            documents(
                "one document too many",
                (docs, random) -> docs.add(Samples.signed(777).documents().get(0))),
            documents(
                "one document twice, another missing",
                (docs, random) -> {
                  docs.remove(docs.size() - 1);
                  docs.add(docs.isEmpty() ? new byte[] {1} : docs.get(0));
                  docs.add(docs.get(0));
                }),
            falsification(
                "the evidence of another instance",
                (signed, random) ->
                    given(Samples.sign(Samples.signed(777).evidence(), KEYS), signed)),
            payload(
                "an edited signer", json -> json.replace("anna@example.com", "anna@example.net")),
            payload("an edited time", json -> json.replace("2026-11-27", "2026-11-26")),
            payload("an edited title", json -> json.replace("\"title\":\"", "\"title\":\"x")),
            payload("another spacing", json -> json.replace("\":\"", "\": \"")),
            payload(
                "a hash of an own document",
                json -> json.replaceAll("\"sha256\":\"[0-9a-f]{4}", "\"sha256\":\"0000")),
            falsification(
                "a key that was not given",
                (signed, random) ->
                    given(Samples.sign(signed.evidence(), Samples.keys("another")), signed)),
            falsification(
                "another key under the id of the one that was given",
                (signed, random) -> given(resigned(signed, otherKey(), header -> header), signed)),
            falsification(
                "a key before its period",
                (signed, random) -> withPeriod(signed, Samples.NOW.plusSeconds(1), null)),
            falsification(
                "a key that was retired before",
                (signed, random) -> withPeriod(signed, null, Samples.NOW)),
            falsification(
                "truncated evidence",
                (signed, random) -> {
                  byte[] evidence = genuine(signed).getBytes(StandardCharsets.ISO_8859_1);
                  return given(
                      java.util.Arrays.copyOf(evidence, random.nextInt(evidence.length)), signed);
                }),
            falsification(
                "one byte of the evidence changed",
                (signed, random) -> {
                  byte[] evidence = genuine(signed).getBytes(StandardCharsets.ISO_8859_1);
                  evidence[random.nextInt(evidence.length)] ^= (byte) (1 << random.nextInt(8));
                  return given(evidence, signed);
                }),
            falsification(
                "the last, partly unused character of the signature changed",
                (signed, random) -> {
                  String evidence = genuine(signed);
                  char last = evidence.charAt(evidence.length() - 1);
                  return given(
                      evidence.substring(0, evidence.length() - 1) + (char) (last + 1), signed);
                }),
            falsification(
                "a line's end after the evidence",
                (signed, random) -> given(genuine(signed) + "\n", signed)),
            falsification(
                "two payloads",
                (signed, random) ->
                    given(genuine(signed) + "." + part(genuine(signed), 1), signed)),
            falsification(
                "two evidences in one file",
                (signed, random) -> given(genuine(signed) + "\n" + genuine(signed), signed)),
            falsification(
                "JSON serialization with two signatures",
                (signed, random) -> {
                  String[] parts = parts(genuine(signed));
                  return given(
                      "{\"payload\":\"%s\",\"signatures\":[{\"protected\":\"%s\",\"signature\":\"%s\"}]}"
                          .formatted(parts[1], parts[0], parts[2]),
                      signed);
                }),
            falsification(
                "HS256 with the public key as its secret",
                (signed, random) -> {
                  String secret = KEYS.toJson();
                  JWSObject jws =
                      new JWSObject(
                          new JWSHeader.Builder(JWSAlgorithm.HS256)
                              .type(type())
                              .keyID(keyId())
                              .build(),
                          new Payload(EvidenceJson.write(signed.evidence())));
                  jws.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
                  return given(jws.serialize(), signed);
                }),
            falsification(
                "HS256 with the secret that the key is derived from",
                (signed, random) -> {
                  JWSObject jws =
                      new JWSObject(
                          new JWSHeader.Builder(JWSAlgorithm.HS256)
                              .type(type())
                              .keyID(keyId())
                              .build(),
                          new Payload(EvidenceJson.write(signed.evidence())));
                  jws.sign(new MACSigner(Samples.secret("a secret").secretFor(KeyReader.PURPOSE)));
                  return given(jws.serialize(), signed);
                }),
            falsification(
                "a seal of the workers' state",
                (signed, random) ->
                    given(
                        resigned(
                            signed,
                            ownKey(),
                            header -> header.replace("signing-evidence+jws", "signing-state+jws")),
                        signed)),
            header("no type", header -> header.replace("\"typ\":\"signing-evidence+jws\",", "")),
            header("another type", header -> header.replace("signing-evidence+jws", "JWT")),
            header("no key id", header -> header.replaceAll(",?\"kid\":\"[^\"]*\",?", "")),
            header(
                "a key id with a path",
                header -> header.replaceAll("\"kid\":\"[^\"]*\"", "\"kid\":\"../../dev/null\"")),
            header(
                "the key in the header",
                header ->
                    header.replace("{", "{\"jwk\":" + ownKey().toPublicJWK().toJSONString() + ",")),
            header(
                "an address of a key",
                header -> header.replace("{", "{\"jku\":\"https://example.com/keys\",")),
            header(
                "a certificate in the header",
                header -> header.replace("{", "{\"x5c\":[\"AAAA\"],")),
            header(
                "a critical extension",
                header -> header.replace("{", "{\"b64\":false,\"crit\":[\"b64\"],")),
            header("a repeated algorithm", header -> header.replace("{", "{\"alg\":\"none\",")),
            signedPayload(
                "evidence that covers nothing",
                json -> json.replaceAll("\"documentsSigned\":\\[.*?]", "\"documentsSigned\":[]")),
            signedPayload(
                "a repeated key in the payload",
                json ->
                    json.replace(
                        "\"issuedAt\"", "\"issuedAt\":\"2020-01-01T00:00:00Z\",\"issuedAt\"")),
            signedPayload(
                "an unknown version", json -> json.replace("{\"version\":1", "{\"version\":2")),
            signedPayload(
                "the version as text",
                json -> json.replace("{\"version\":1", "{\"version\":\"1\"")),
            signedPayload(
                "an unknown field",
                json -> json.replace("{\"version\":1", "{\"version\":1,\"more\":2")),
            signedPayload("something after the payload", json -> json + " {}"),
            signedPayload(
                "a missing hash",
                json -> json.replaceAll("\"sha256\":\"[0-9a-f]{64}\"", "\"sha256\":\"\"")))
        .flatMap(named -> LongStream.range(0, SETS).mapToObj(seed -> Arguments.of(named, seed)));
  }

  @ParameterizedTest(name = "{0}, set {1}")
  @MethodSource("falsifications")
  void a_falsification_is_detected(Falsification falsification, long seed) throws Exception {
    Given given = falsification.of(Samples.signed(seed), new Random(seed));

    Verification result = given.verify();

    assertThat(result).isNotInstanceOf(Verification.Valid.class);
    assertThat(sentences(result)).isNotEmpty().allMatch(sentence -> sentence.endsWith("."));
  }

  static Stream<String> spellingsOfNone() {
    return Stream.of("none", "None", "NONE", "nOnE", " none", "none ", "n\\u006fne", "", "null");
  }

  @ParameterizedTest
  @MethodSource("spellingsOfNone")
  void an_unsigned_token_is_rejected_whatever_its_algorithm_claims(String none) {
    Signed signed = Samples.signed(1);
    for (String signature : List.of("", part(genuine(signed), 2))) {
      String header =
          "{\"alg\":\"%s\",\"typ\":\"%s\",\"kid\":\"%s\"}"
              .formatted(none, EvidenceSigner.TYPE, keyId());
      String evidence = base64(header) + "." + part(genuine(signed), 1) + "." + signature;

      Verification result = given(evidence, signed).verify();

      assertThat(result).isInstanceOf(Verification.NotGenuine.class);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void an_unknown_key_is_neither_valid_nor_false(long seed) {
    Signed signed = Samples.signed(seed);

    Verification result =
        given(Samples.sign(signed.evidence(), Samples.keys("another")), signed).verify();

    assertThat(result)
        .isInstanceOfSatisfying(
            Verification.UnknownKey.class,
            unknown -> {
              assertThat(unknown.mismatches()).isEmpty();
              assertThat(unknown.claimed()).isEqualTo(signed.evidence());
            });
  }

  static LongStream seeds() {
    return LongStream.range(0, SETS);
  }

  private static List<String> sentences(Verification result) {
    if (result instanceof Verification.Invalid invalid) {
      return invalid.mismatches();
    }
    return result instanceof Verification.NotGenuine notGenuine
        ? List.of(notGenuine.reason())
        : List.of("Signed by an unknown key.");
  }

  private interface DocumentChange {
    void apply(List<byte[]> documents, Random random);
  }

  private static Named<Falsification> falsification(String name, Falsification falsification) {
    return Named.of(name, falsification);
  }

  private static Named<Falsification> documents(String name, DocumentChange change) {
    return falsification(
        name,
        (signed, random) -> {
          List<byte[]> documents = new ArrayList<>(signed.documents());
          change.apply(documents, random);
          return new Given(genuine(signed), new Signed(signed.evidence(), documents).files(), KEYS);
        });
  }

  /** Changes the payload and keeps the signature. */
  private static Named<Falsification> payload(String name, UnaryOperator<String> change) {
    return falsification(
        name,
        (signed, random) -> {
          String[] parts = parts(genuine(signed));
          String json = GenuineEvidenceTest.payload(genuine(signed));
          assertThat(change.apply(json)).isNotEqualTo(json);
          return given(parts[0] + "." + base64(change.apply(json)) + "." + parts[2], signed);
        });
  }

  /** Changes the header and signs it with the right key: only the format is wrong. */
  private static Named<Falsification> header(String name, UnaryOperator<String> change) {
    return falsification(
        name, (signed, random) -> given(resigned(signed, ownKey(), change), signed));
  }

  /** Changes the payload and signs it with the right key: only the format is wrong. */
  private static Named<Falsification> signedPayload(String name, UnaryOperator<String> change) {
    return falsification(
        name,
        (signed, random) -> {
          String json = GenuineEvidenceTest.payload(genuine(signed));
          assertThat(change.apply(json)).isNotEqualTo(json);
          return given(sign(ownKey(), headerOf(genuine(signed)), change.apply(json)), signed);
        });
  }

  private static String resigned(Signed signed, ECKey key, UnaryOperator<String> headerChange)
      throws Exception {
    String genuine = genuine(signed);
    return sign(key, headerChange.apply(headerOf(genuine)), GenuineEvidenceTest.payload(genuine));
  }

  private static String sign(ECKey key, String header, String payload) throws Exception {
    String signed = base64(header) + "." + base64(payload);
    return signed
        + "."
        + new ECDSASigner(key)
            .sign(new JWSHeader(JWSAlgorithm.ES256), signed.getBytes(StandardCharsets.US_ASCII));
  }

  private static Given withPeriod(Signed signed, Instant from, Instant until) throws Exception {
    ECKey key =
        new ECKey.Builder(ownKey().toPublicJWK())
            .notBeforeTime(from == null ? null : Date.from(from))
            .expirationTime(until == null ? null : Date.from(until))
            .build();
    EvidenceKeys keys = EvidenceKeys.forVerification(new JWKSet(key).toString());
    return new Given(genuine(signed), signed.files(), keys);
  }

  private static String genuine(Signed signed) {
    return text(Samples.sign(signed.evidence(), KEYS));
  }

  private static String part(String jws, int number) {
    return parts(jws)[number];
  }

  private static String[] parts(String jws) {
    return jws.split("\\.", -1);
  }

  private static Given given(byte[] evidence, Signed signed) {
    return given(text(evidence), signed);
  }

  private static Given given(String evidence, Signed signed) {
    return new Given(evidence, signed.files(), KEYS);
  }

  private static ECKey ownKey() {
    return KEYS.signing().orElseThrow().jwk();
  }

  private static ECKey otherKey() throws Exception {
    return new ECKeyGenerator(Curve.P_256).generate();
  }

  private static String keyId() {
    return ownKey().getKeyID();
  }

  private static JOSEObjectType type() {
    return new JOSEObjectType(EvidenceSigner.TYPE);
  }

  private static String headerOf(String jws) {
    return new String(Base64.getUrlDecoder().decode(part(jws, 0)), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
