package fi.signspace.plugin.evidence;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The evidence keys of a node: one for signing, if the node signs, and all for verification. */
public final class EvidenceKeys {

  private final @Nullable EvidenceKey signing;
  private final Map<String, EvidenceKey> known = new LinkedHashMap<>();

  private EvidenceKeys(@Nullable EvidenceKey signing, List<EvidenceKey> others) {
    this.signing = signing;
    if (signing != null) {
      known.put(signing.id(), signing.publicHalf());
    }
    // a configured entry determines the period, even for the node's own key
    others.forEach(key -> known.put(key.id(), key.publicHalf()));
  }

  static EvidenceKeys of(@Nullable EvidenceKey signing, List<EvidenceKey> others) {
    return new EvidenceKeys(signing, others);
  }

  /**
   * Creates keys for verification.
   *
   * @param text a JWK set, or public keys in PEM
   * @throws IllegalArgumentException if it contains no key; the message is a predicate, without the
   *     subject
   */
  public static EvidenceKeys forVerification(String text) {
    return new EvidenceKeys(null, KeyReader.publicKeys(text));
  }

  /** The key that signs this node's evidence. */
  Optional<EvidenceKey> signing() {
    return Optional.ofNullable(signing);
  }

  Optional<EvidenceKey> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  /** The ids of all known keys. */
  List<String> ids() {
    return List.copyOf(known.keySet());
  }

  /** Whether there is no key for verification. */
  public boolean isEmpty() {
    return known.isEmpty();
  }

  /** Returns the public keys as a JWK set, each with its period. */
  public String toJson() {
    return new JWKSet(known.values().stream().map(EvidenceKey::jwk).<JWK>map(k -> k).toList())
        .toString(true);
  }
}
