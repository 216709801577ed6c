package fi.signspace.plugin.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NinCipherTest {

  private static final String NIN = "131052-308T";

  private final NinCipher cipher = TestNins.CIPHER;
  private final RSAKey key = TestNins.KEYS.encrypting().orElseThrow();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"enc\":\"A256GCM\"}",
        "{\"alg\":\"NONE\",\"enc\":\"A256GCM\"}",
        "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"kid\":\"131052-308T\"}",
        "{\"alg\":\"HS256\"}",
        "{}"
      })
  void a_foreign_header_is_not_accepted_as_encryption(String header) {
    String jwe =
        Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8))
            + ".AA.AA.AA.AA";

    assertThat(NinCipher.isEncrypted(jwe)).isFalse();
  }

  @Test
  void an_encrypted_code_can_be_decrypted_and_differs_every_time() throws Exception {
    String encrypted = cipher.encrypt(NIN);

    assertThat(cipher.decrypt(encrypted)).isEqualTo(NIN);
    assertThat(encrypted).doesNotContain(NIN).isNotEqualTo(cipher.encrypt(NIN));
    assertThat(NinCipher.isEncrypted(encrypted)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", NIN, "a.b.c.d.e", "eyJhbGciOiJub25lIn0..", NIN + "." + NIN})
  void text_that_is_not_a_jwe_is_not_encrypted(String text) {
    assertThat(NinCipher.isEncrypted(text)).isFalse();
    assertThatThrownBy(() -> cipher.decrypt(text))
        .isInstanceOf(UnreadableNinException.class)
        .hasMessageContaining("not encrypted as required")
        .hasMessageNotContaining(NIN);
  }

  @Test
  void another_algorithm_or_compression_is_rejected() throws Exception {
    JWEHeader weak =
        new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_512, EncryptionMethod.A128GCM)
            .keyID(key.getKeyID())
            .build();
    JWEHeader packed =
        new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
            .keyID(key.getKeyID())
            .compressionAlgorithm(CompressionAlgorithm.DEF)
            .build();

    assertThat(NinCipher.isEncrypted(jwe(weak))).isFalse();
    assertThat(NinCipher.isEncrypted(jwe(packed))).isFalse();
  }

  @Test
  void a_code_for_an_unknown_key_has_to_be_entered_again() throws Exception {
    String foreign = new NinCipher(TestNins.newKeys()).encrypt(NIN);
    String nameless = jwe(new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM));

    for (String encrypted : List.of(foreign, nameless)) {
      assertThatThrownBy(() -> cipher.decrypt(encrypted))
          .isInstanceOf(UnreadableNinException.class)
          .hasMessageContaining("key that this installation does not use")
          .hasMessageNotContaining(encrypted);
    }
  }

  @Test
  void a_damaged_code_has_to_be_entered_again() {
    String encrypted = cipher.encrypt(NIN);
    int tag = encrypted.lastIndexOf('.') + 1;
    char other = encrypted.charAt(tag) == 'A' ? 'B' : 'A';
    String damaged = encrypted.substring(0, tag) + other + encrypted.substring(tag + 1);

    assertThatThrownBy(() -> cipher.decrypt(damaged))
        .isInstanceOf(UnreadableNinException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void after_a_rotation_the_new_key_encrypts_and_former_codes_can_still_be_decrypted()
      throws Exception {
    String old = cipher.encrypt(NIN);
    RSAKey newKey = TestNins.newKeys().encrypting().orElseThrow();
    NinCipher rotated = new NinCipher(new Keys(newKey, key));

    String encrypted = rotated.encrypt(NIN);

    assertThat(rotated.decrypt(old)).isEqualTo(NIN);
    assertThat(JWEObject.parse(encrypted).getHeader().getKeyID()).isEqualTo(newKey.getKeyID());
    assertThat(new NinCipher(new Keys(newKey)).decrypt(encrypted)).isEqualTo(NIN);
  }

  @Test
  void a_node_with_the_public_key_encrypts_what_one_with_the_private_key_decrypts()
      throws Exception {
    NinCipher engine = new NinCipher(new Keys(key.toPublicJWK()));

    String encrypted = engine.encrypt(NIN);

    assertThat(cipher.decrypt(encrypted)).isEqualTo(NIN);
    assertThatThrownBy(() -> engine.decrypt(encrypted))
        .hasMessageContaining("signspace.encryption.keys");
  }

  private String jwe(JWEHeader header) throws JOSEException {
    JWEObject jwe = new JWEObject(header, new Payload(NIN));
    jwe.encrypt(new RSAEncrypter(key));
    return jwe.serialize();
  }
}
