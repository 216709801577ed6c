package fi.signspace.plugin.signspace;

import java.util.List;
import java.util.stream.Stream;

/**
 * Describes a call for error messages.
 *
 * @param endpoint the endpoint's name in the guide, which is also the required scope
 * @param description what the call does, e.g. {@code Cancelling signing request 63a1}
 * @param effect determines what a lost response means
 * @param secrets values of the request that no message may quote
 */
record Operation(String endpoint, String description, Effect effect, List<String> secrets) {

  /** What a call does in SignSpace. */
  enum Effect {
    CHANGES,
    READS,
    AUTHENTICATES
  }

  static final Operation TOKEN =
      new Operation("token", "Getting an access token", Effect.AUTHENTICATES, List.of());

  static Operation changing(String endpoint, String description) {
    return new Operation(endpoint, description, Effect.CHANGES, List.of());
  }

  static Operation reading(String endpoint, String description) {
    return new Operation(endpoint, description, Effect.READS, List.of());
  }

  /** Returns a copy with more values that no message may quote. */
  Operation withSecrets(List<String> more) {
    List<String> all = Stream.concat(secrets.stream(), more.stream()).toList();
    return new Operation(endpoint, description, effect, all);
  }

  boolean changes() {
    return effect == Effect.CHANGES;
  }

  boolean authenticates() {
    return effect == Effect.AUTHENTICATES;
  }

  /** Omits the description, which may contain names. */
  @Override
  public String toString() {
    return endpoint;
  }
}
