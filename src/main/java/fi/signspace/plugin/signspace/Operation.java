package fi.signspace.plugin.signspace;

import java.util.List;
import java.util.stream.Stream;

/**
 * A call in words, for the messages about it.
 *
 * @param endpoint as the guide names it, which is also the name of the scope that it needs
 * @param words what is done, e.g. {@code Cancelling signing request 63a1}
 * @param effect what a lost answer leaves open
 * @param secrets sent values that no message may quote
 */
record Operation(String endpoint, String words, Effect effect, List<String> secrets) {

  /** What a call does at SignSpace. */
  enum Effect {
    CHANGES,
    READS,
    AUTHENTICATES
  }

  static final Operation TOKEN =
      new Operation("token", "Getting an access token", Effect.AUTHENTICATES, List.of());

  static Operation changing(String endpoint, String words) {
    return new Operation(endpoint, words, Effect.CHANGES, List.of());
  }

  static Operation reading(String endpoint, String words) {
    return new Operation(endpoint, words, Effect.READS, List.of());
  }

  /** The same, with more values that no message may quote. */
  Operation keepingSecret(List<String> more) {
    List<String> all = Stream.concat(secrets.stream(), more.stream()).toList();
    return new Operation(endpoint, words, effect, all);
  }

  boolean changes() {
    return effect == Effect.CHANGES;
  }

  boolean authenticates() {
    return effect == Effect.AUTHENTICATES;
  }

  /** The words hold names that people gave, so they are not printed raw. */
  @Override
  public String toString() {
    return endpoint;
  }
}
