package fi.signspace.plugin.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.Key;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EvidenceKeysTest {

  /**
   * Output of {@code openssl ecparam -name prime256v1 -genkey}: two blocks, with the key in the
   * older format.
   */
  private static final String OLD_FORM =
      """
      -----BEGIN EC PARAMETERS-----
      BggqhkjOPQMBBw==
      -----END EC PARAMETERS-----
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIOefDdnM/57gRo/jUmX3t+T7kwFa0DCjbPYDlCKYB+gloAoGCCqGSM49
      AwEHoUQDQgAEHIbTZ2XLnCRWyVr/bStQE8NFXY/O+07h2k7Eq0CA9yny/5CxCqO3
      pxNC8uPbdfF9JcxCGRe9DfqWABDlVjZovQ==
      -----END EC PRIVATE KEY-----
      """;

  @Test
  void equal_secrets_give_equal_keys_and_different_secrets_different_keys() {
    List<String> ids =
        IntStream.range(0, 20)
            .mapToObj(i -> KeyReader.derived(Samples.secret("secret " + i)).id())
            .toList();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(KeyReader.derived(Samples.secret("secret 7")).id()).isEqualTo(ids.get(7));
  }

  @Test
  void evidence_from_before_a_rotation_of_the_secret_can_still_be_verified() {
    EvidenceSecret rotated =
        new EvidenceSecret() {
          @Override
          public byte[] secretFor(String purpose) {
            return Samples.secret("new").secretFor(purpose);
          }

          @Override
          public List<byte[]> formerSecretsFor(String purpose) {
            return List.of(Samples.secret("old").secretFor(purpose));
          }
        };
    Samples.Signed signed = Samples.signed(3);

    new ApplicationContextRunner()
        .withUserConfiguration(EvidenceConfiguration.class)
        .withBean(EvidenceProperties.class, () -> new EvidenceProperties(null, null))
        .withBean(EvidenceSecret.class, () -> rotated)
        .run(
            context ->
                assertThat(
                        context
                            .getBean(EvidenceVerifier.class)
                            .verify(
                                Samples.sign(signed.evidence(), Samples.keys("old")),
                                Coverage.of(signed.files())))
                    .isInstanceOf(Verification.Valid.class));
  }

  @Test
  void a_private_key_and_its_public_half_have_the_same_id() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();

    EvidenceKey whole = KeyReader.privateKey(pem("PRIVATE KEY", key.toPrivateKey()));
    EvidenceKey half = KeyReader.publicKeys(pem("PUBLIC KEY", key.toPublicKey())).get(0);

    assertThat(whole.id()).isEqualTo(half.id()).isEqualTo(key.computeThumbprint().toString());
  }

  @Test
  void both_formats_of_openssl_are_read() {
    EvidenceKey key = KeyReader.privateKey(OLD_FORM);

    assertThat(key.id()).isEqualTo("87dOUQc0f0urfYzqmRutFICNCkUiyCt3xSUxYcJl2rQ");
  }

  @Test
  void published_keys_have_no_private_half_and_contain_the_period() throws Exception {
    Instant end = Instant.parse("2026-01-01T00:00:00Z");
    ECKey retired =
        new ECKeyGenerator(Curve.P_256).expirationTime(Date.from(end)).keyID("../x").generate();
    EvidenceKeys keys =
        EvidenceKeys.of(
            KeyReader.derived(Samples.secret("own")),
            KeyReader.publicKeys(new JWKSet(retired).toString(false)));

    JWKSet published = JWKSet.parse(keys.toJson());

    assertThat(published.getKeys())
        .hasSize(2)
        .allSatisfy(
            key -> {
              assertThat(key.isPrivate()).isFalse();
              assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
              assertThat(key.getAlgorithm().getName()).isEqualTo("ES256");
              assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
            });
    assertThat(published.getKeys().get(1).getExpirationTime()).isEqualTo(Date.from(end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{",
        "{\"keys\": []}",
        "{\"keys\": [{\"kty\": \"oct\", \"k\": \"AAAA\"}]}",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n"
      })
  void anything_that_is_not_a_key_is_rejected(String text) {
    assertThatThrownBy(() -> EvidenceKeys.forVerification(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_duplicate_key_is_rejected_whichever_entry_comes_last() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("a").generate().toPublicJWK();
    ECKey retired =
        new ECKey.Builder(key).expirationTime(Date.from(Instant.EPOCH)).keyID("b").build();
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("a").generate().toPublicJWK();

    for (List<JWK> keys :
        List.<List<JWK>>of(
            List.of(key, retired), List.of(retired, key), List.of(key, key), List.of(key, other))) {
      assertThatThrownBy(() -> EvidenceKeys.forVerification(new JWKSet(keys).toString()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("more than once");
    }
    assertThatThrownBy(
            () -> EvidenceKeys.forVerification(pem("PUBLIC KEY", key.toPublicKey()).repeat(2)))
        .hasMessageContaining("more than once");
    String pem = pem("PUBLIC KEY", key.toPublicKey());
    String retiredOnly = new JWKSet(retired).toString();
    for (String mixed : List.of(pem + retiredOnly, retiredOnly + pem)) {
      assertThatThrownBy(() -> EvidenceKeys.forVerification(mixed))
          .isInstanceOf(IllegalArgumentException.class);
    }
    String twoPeriods = retired.toJSONString().replace("{", "{\"exp\":9999999999,");
    assertThatThrownBy(() -> EvidenceKeys.forVerification("{\"keys\":[" + twoPeriods + "]}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_key_on_another_curve_is_rejected() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_384).generate();

    assertThatThrownBy(() -> KeyReader.privateKey(pem("PRIVATE KEY", key.toPrivateKey())))
        .hasMessageContaining("P-256");
    assertThatThrownBy(() -> KeyReader.publicKeys(pem("PUBLIC KEY", key.toPublicKey())))
        .hasMessageContaining("P-256");
  }

  @Test
  void an_invalid_setting_is_reported_without_the_key() {
    new ApplicationContextRunner()
        .withUserConfiguration(EvidenceConfiguration.class)
        .withBean(EvidenceProperties.class, () -> new EvidenceProperties("-----BEGIN x", null))
        .run(
            context ->
                assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("PEM"));
  }

  static String pem(String kind, Key key) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(key.getEncoded()), kind);
  }
}
