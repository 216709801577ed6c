package fi.signspace.plugin.evidence;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * Reads EC keys in the formats of OpenSSL and of this product, and derives a key from a secret.
 * Messages are predicates without a subject, and never contain the key.
 */
final class KeyReader {

  /** The purpose of the secret from which a key is derived; a new purpose means a new key. */
  static final String PURPOSE = "evidence-signing-key-1";

  private static final String MAC = "HmacSHA256";

  /**
   * Reads a private key as written by {@code openssl genpkey} or {@code openssl ecparam -genkey}.
   */
  static EvidenceKey privateKey(String pem) {
    for (Object block : blocks(pem)) {
      if (block instanceof PrivateKeyInfo key) {
        return privateKey(key);
      }
      if (block instanceof PEMKeyPair pair) {
        return privateKey(pair.getPrivateKeyInfo());
      }
    }
    throw new IllegalArgumentException(
        "contains no PRIVATE KEY in PEM; an encrypted key has to be decrypted first");
  }

  private static EvidenceKey privateKey(PrivateKeyInfo key) {
    if (!X9ObjectIdentifiers.id_ecPublicKey.equals(key.getPrivateKeyAlgorithm().getAlgorithm())
        || !X9ObjectIdentifiers.prime256v1.equals(key.getPrivateKeyAlgorithm().getParameters())) {
      throw new IllegalArgumentException("is not an EC key on the curve P-256");
    }
    try {
      return of(ECPrivateKey.getInstance(key.parsePrivateKey()).getKey());
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read", e);
    }
  }

  /** Derives a key deterministically from a secret. */
  static EvidenceKey derived(EvidenceSecret secret) {
    return derived(secret.secretFor(PURPOSE));
  }

  /** Derives the keys of former secrets, for verification. */
  static List<EvidenceKey> formerlyDerived(EvidenceSecret secret) {
    return secret.formerSecretsFor(PURPOSE).stream()
        .map(former -> derived(former).publicHalf())
        .toList();
  }

  /** Key derivation according to FIPS 186-5, A.2.1, with 512 bits. */
  private static EvidenceKey derived(byte[] secret) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      byte[] bits = new byte[2 * mac.getMacLength()];
      for (int half = 0; half < 2; half++) {
        mac.update((PURPOSE + half).getBytes(StandardCharsets.US_ASCII));
        mac.doFinal(bits, half * mac.getMacLength());
      }
      BigInteger lessOne = order().subtract(BigInteger.ONE);
      return of(new BigInteger(1, bits).mod(lessOne).add(BigInteger.ONE));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No evidence key can be derived", e);
    }
  }

  private static BigInteger order() {
    return CustomNamedCurves.getByName("P-256").getN();
  }

  private static EvidenceKey of(BigInteger scalar) {
    ECPoint point =
        new FixedPointCombMultiplier()
            .multiply(CustomNamedCurves.getByName("P-256").getG(), scalar)
            .normalize();
    return EvidenceKey.of(
        new ECKey.Builder(
                Curve.P_256,
                Base64URL.encode(point.getAffineXCoord().getEncoded()),
                Base64URL.encode(point.getAffineYCoord().getEncoded()))
            .d(ECKey.encodeCoordinate(256, scalar))
            .build());
  }

  /**
   * Reads public keys: a JWK set, as at {@code /api/evidence-keys}, or any number of PEM blocks.
   * Keys for other purposes are ignored. A duplicate key is rejected, since one entry may say that
   * it was retired and the other that it was not; so are both formats together.
   */
  static List<EvidenceKey> publicKeys(String text) {
    int set = text.indexOf('{');
    if (set > 0 && !text.substring(0, set).isBlank()) {
      throw new IllegalArgumentException("contains something before a JWK set; keep one format");
    }
    List<EvidenceKey> keys = set < 0 ? pems(text) : jwks(text);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("contains no public EC key on the curve P-256");
    }
    Set<String> ids = new HashSet<>();
    for (EvidenceKey key : keys) {
      requireNew(ids, key.id());
    }
    return keys;
  }

  private static List<EvidenceKey> jwks(String text) {
    try {
      EvidenceJson.requireNoRepeatedNames(text);
      List<EvidenceKey> keys = new ArrayList<>();
      Set<String> statedIds = new HashSet<>();
      for (JWK key : JWKSet.parse(text).getKeys()) {
        if (key instanceof ECKey ec
            && Curve.P_256.equals(ec.getCurve())
            && (ec.getKeyUse() == null || KeyUse.SIGNATURE.equals(ec.getKeyUse()))) {
          keys.add(EvidenceKey.of(ec).publicHalf());
          if (ec.getKeyID() != null) {
            requireNew(statedIds, ec.getKeyID());
          }
        }
      }
      return keys;
    } catch (ParseException | IOException e) {
      throw new IllegalArgumentException("is not a JWK set", e);
    }
  }

  private static void requireNew(Set<String> ids, String id) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException(
          "contains the key %s more than once; keep only the entry with its period".formatted(id));
    }
  }

  private static List<EvidenceKey> pems(String text) {
    List<EvidenceKey> keys = new ArrayList<>();
    for (Object block : blocks(text)) {
      if (block instanceof SubjectPublicKeyInfo info) {
        keys.add(publicKey(info));
      }
    }
    return keys;
  }

  private static EvidenceKey publicKey(SubjectPublicKeyInfo info) {
    try {
      if (new JcaPEMKeyConverter().getPublicKey(info) instanceof ECPublicKey key) {
        ECParameterSpec curve = key.getParams();
        if (Curve.P_256.equals(Curve.forECParameterSpec(curve))) {
          return EvidenceKey.of(new ECKey.Builder(Curve.P_256, key).build());
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read", e);
    }
    throw new IllegalArgumentException("is not an EC key on the curve P-256");
  }

  private static List<Object> blocks(String pem) {
    List<Object> blocks = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (@Nullable Object block = parser.readObject();
          block != null;
          block = parser.readObject()) {
        blocks.add(block);
      }
      return blocks;
    } catch (IOException | RuntimeException e) { // thrown for a damaged block
      throw new IllegalArgumentException("is not a key in PEM", e);
    }
  }

  private KeyReader() {}
}
