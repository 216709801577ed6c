package fi.signspace.plugin.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.DefaultResourceLoader;

class KeysTest {

  @TempDir private Path folder;

  @Test
  void a_private_key_and_its_public_half_have_the_same_id() throws Exception {
    KeyPair pair = pair("RSA", 2048);

    Keys worker = configured(file("a.pem", privateKey(pair)));
    Keys engine = configured(publicKey(pair));

    assertThat(id(worker)).isEqualTo(id(engine)).hasSize(43);
    assertThat(worker.canDecrypt()).isTrue();
    assertThat(engine.canDecrypt()).isFalse();
    assertThat(engine.decrypting(id(engine))).isEmpty();
  }

  @Test
  void the_first_key_encrypts_and_all_private_ones_decrypt() throws Exception {
    String newKey = file("new.pem", privateKey(pair("RSA", 2048)));
    String oldKey = file("old.pem", privateKey(pair("RSA", 2048)));

    Keys keys = configured(newKey, oldKey);

    assertThat(id(keys)).isEqualTo(id(configured(newKey)));
    assertThat(keys.decrypting(id(configured(oldKey)))).isPresent();
  }

  @Test
  void an_unusable_key_is_reported_but_never_shown() throws Exception {
    String tooShort = file("short.pem", privateKey(pair("RSA", 1024)));
    String notRsa = file("ec.pem", privateKey(pair("EC", 256)));
    String noKey = file("none.pem", "secret words");

    assertThatThrownBy(() -> configured(tooShort))
        .hasMessageContaining("short.pem is shorter than 2048 bits");
    assertThatThrownBy(() -> configured(notRsa)).hasMessageContaining("ec.pem is not an RSA key");
    assertThatThrownBy(() -> configured(noKey))
        .hasMessageContaining("none.pem contains neither")
        .hasMessageNotContaining("secret words");
    assertThatThrownBy(() -> configured("file:/nowhere.pem"))
        .hasMessageContaining("signspace.encryption.keys: file:/nowhere.pem cannot be read");
  }

  private static Keys configured(String... keys) {
    return Keys.configured(List.of(keys), new DefaultResourceLoader());
  }

  private static String id(Keys keys) {
    return keys.encrypting().map(RSAKey::getKeyID).orElseThrow();
  }

  private static KeyPair pair(String algorithm, int bits) throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static String privateKey(KeyPair pair) {
    return pem("PRIVATE", pair.getPrivate().getEncoded());
  }

  private static String publicKey(KeyPair pair) {
    return pem("PUBLIC", pair.getPublic().getEncoded());
  }

  private static String pem(String kind, byte[] encoded) {
    String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded);
    return "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n".formatted(kind, lines);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toUri().toString();
  }
}
