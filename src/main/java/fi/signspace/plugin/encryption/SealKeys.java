package fi.signspace.plugin.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets that everything which only our own nodes may write is sealed with. What is needed for
 * a purpose is derived from them for this purpose alone (HKDF with SHA-256, RFC 5869), so that no
 * seal, signature or code of one purpose is valid for another.
 */
public final class SealKeys {

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] SALT = "fi.signspace.plugin".getBytes(UTF_8);
  private static final int KEY_ID_BYTES = 4;

  /** By id, the one that seals first. */
  private final Map<String, String> secrets = new LinkedHashMap<>();

  /**
   * @param secrets the one that seals, then those that are only read; none on a node that neither
   *     seals nor reads
   */
  SealKeys(List<String> secrets) {
    secrets.forEach(secret -> this.secrets.putIfAbsent(idOf(secret), secret));
  }

  /** Whether this node can seal and read anything. */
  public boolean isPresent() {
    return !secrets.isEmpty();
  }

  /** The id of the secret that seals. */
  public String currentId() {
    return secrets.keySet().stream().findFirst().orElseThrow(SealKeys::missing);
  }

  /** Every id that can be read. */
  public List<String> ids() {
    return List.copyOf(secrets.keySet());
  }

  /**
   * The secret of a purpose, of 32 bytes.
   *
   * @throws IllegalStateException if this node has none
   */
  public byte[] secretFor(String purpose) {
    return secretFor(purpose, currentId()).orElseThrow();
  }

  /** The secrets that a purpose had before. */
  public List<byte[]> formerSecretsFor(String purpose) {
    return secrets.values().stream().skip(1).map(secret -> derive(secret, purpose)).toList();
  }

  /** The secret of a purpose that a former secret may have had; empty if this node lacks it. */
  Optional<byte[]> secretFor(String purpose, String keyId) {
    return Optional.ofNullable(secrets.get(keyId)).map(secret -> derive(secret, purpose));
  }

  /** Whether any node may have a secret of this id, which gets into logs and the health. */
  static boolean isId(String keyId) {
    return keyId.matches("[0-9a-f]{" + 2 * KEY_ID_BYTES + "}");
  }

  private static String idOf(String secret) {
    return HexFormat.of().formatHex(derive(secret, "key-id"), 0, KEY_ID_BYTES);
  }

  /** HKDF: extract, then one block of expand, which is as long as a key has to be. */
  private static byte[] derive(String secret, String purpose) {
    byte[] extracted = mac(SALT, secret.getBytes(UTF_8));
    return mac(extracted, (purpose + '\u0001').getBytes(UTF_8));
  }

  private static byte[] mac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IllegalStateException missing() {
    return new IllegalStateException(
        "This node has no secret to seal with: set signspace.seal.secret (SIGNSPACE_SEAL_SECRET)");
  }
}
