package fi.signspace.plugin.evidence;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that a node knows: one to sign with, if it signs, and all that it verifies with. */
public final class EvidenceKeys {

  private final @Nullable EvidenceKey signing;
  private final Map<String, EvidenceKey> known = new LinkedHashMap<>();

  private EvidenceKeys(@Nullable EvidenceKey signing, List<EvidenceKey> others) {
    this.signing = signing;
    if (signing != null) {
      known.put(signing.id(), signing.publicHalf());
    }
    // what is configured tells the period, of the node's own key too
    others.forEach(key -> known.put(key.id(), key.publicHalf()));
  }

  static EvidenceKeys of(@Nullable EvidenceKey signing, List<EvidenceKey> others) {
    return new EvidenceKeys(signing, others);
  }

  /**
   * Keys to verify with.
   *
   * @param text a JWK set, or public keys in PEM
   * @throws IllegalArgumentException if there is none in it; the message is a sentence's end
   */
  public static EvidenceKeys toVerifyWith(String text) {
    return new EvidenceKeys(null, KeyReader.publicKeys(text));
  }

  /** The key that evidence of this node is signed with. */
  Optional<EvidenceKey> signing() {
    return Optional.ofNullable(signing);
  }

  Optional<EvidenceKey> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  /** The ids of all that are known. */
  List<String> ids() {
    return List.copyOf(known.keySet());
  }

  /** Whether evidence can be verified at all. */
  public boolean isEmpty() {
    return known.isEmpty();
  }

  /** The public keys as a JWK set, each with its period. */
  public String toJson() {
    return new JWKSet(known.values().stream().map(EvidenceKey::jwk).<JWK>map(k -> k).toList())
        .toString(true);
  }
}
