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
 * The secrets for sealing everything that only our own nodes may write. The secret for each purpose
 * is derived from them (HKDF with SHA-256, RFC 5869), so that a seal, signature or code for one
 * purpose is never valid for another.
 */
public final class SealKeys {

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] SALT = "fi.signspace.plugin".getBytes(UTF_8);
  private static final int KEY_ID_BYTES = 4;

  /** Secrets by id; the first one seals. */
  private final Map<String, String> secrets = new LinkedHashMap<>();

  /**
   * @param secrets the secret that seals, followed by former ones for reading; empty on a node that
   *     neither seals nor reads
   */
  SealKeys(List<String> secrets) {
    secrets.forEach(secret -> this.secrets.putIfAbsent(idOf(secret), secret));
  }

  /** Whether this node can seal and read. */
  public boolean isPresent() {
    return !secrets.isEmpty();
  }

  /** The id of the secret that seals. */
  public String currentId() {
    return secrets.keySet().stream().findFirst().orElseThrow(SealKeys::missing);
  }

  /** The ids of all secrets, including those for reading only. */
  public List<String> ids() {
    return List.copyOf(secrets.keySet());
  }

  /**
   * Returns the current secret for a purpose, of 32 bytes.
   *
   * @throws IllegalStateException if this node has none
   */
  public byte[] secretFor(String purpose) {
    return secretFor(purpose, currentId()).orElseThrow();
  }

  /** Returns the former secrets for a purpose. */
  public List<byte[]> formerSecretsFor(String purpose) {
    return secrets.values().stream().skip(1).map(secret -> derive(secret, purpose)).toList();
  }

  /**
   * Returns the secret for a purpose that belongs to this key id; empty if this node does not have
   * it.
   */
  Optional<byte[]> secretFor(String purpose, String keyId) {
    return Optional.ofNullable(secrets.get(keyId)).map(secret -> derive(secret, purpose));
  }

  /** Whether a text has the form of an id; ids are shown in logs and in the health. */
  static boolean isId(String keyId) {
    return keyId.matches("[0-9a-f]{" + 2 * KEY_ID_BYTES + "}");
  }

  private static String idOf(String secret) {
    return HexFormat.of().formatHex(derive(secret, "key-id"), 0, KEY_ID_BYTES);
  }

  /** HKDF: extract, then a single expand block, which is as long as the key. */
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
        "This node has no seal secret: set signspace.seal.secret (SIGNSPACE_SEAL_SECRET)");
  }
}
