package fi.signspace.plugin.worker.status;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One look at many requests. If SignSpace does not like one of them, the others are looked at
 * without it: the call is halved until the failing ones are alone. What may heal is not asked
 * again.
 */
final class BatchStatusLookup {

  /**
   * Halving 100 ids down to a single bad one fails eight times at the most. Whoever fails more
   * often, and was never answered, fails for another reason than an id.
   */
  private static final int MAX_FAILURES_WITHOUT_RESPONSE = 10;

  private final SignSpace signSpace;
  private final Map<String, RequestState> states = new HashMap<>();
  private final Map<String, RuntimeException> failures = new HashMap<>();
  private @Nullable RuntimeException firstFailure;
  private boolean answered;
  private int failedCalls;

  private BatchStatusLookup(SignSpace signSpace) {
    this.signSpace = signSpace;
  }

  /**
   * @param ids {@link SignSpace#MAX_IDS} of them at the most
   */
  static BatchStatusLookup at(List<String> ids, SignSpace signSpace) {
    BatchStatusLookup lookup = new BatchStatusLookup(signSpace);
    if (!ids.isEmpty()) {
      lookup.ask(ids);
    }
    return lookup;
  }

  /**
   * How a request stands.
   *
   * @return null if SignSpace does not show it
   * @throws RuntimeException what the call that asked for it has failed with
   */
  @Nullable RequestState stateOf(String id) {
    RuntimeException failure = failures.get(id);
    if (failure != null) {
      throw failure;
    }
    return states.get(id);
  }

  /**
   * Makes sure that something was answered.
   *
   * @throws RuntimeException what the first call has failed with, if none was answered
   */
  void requireAnswer() {
    if (!answered && firstFailure != null) {
      throw firstFailure;
    }
  }

  private void ask(List<String> ids) {
    try {
      states.putAll(
          signSpace.getRequests(ids).stream()
              .collect(toMap(RequestState::id, identity(), (first, second) -> first)));
      answered = true;
    } catch (RuntimeException e) {
      failedCalls++;
      firstFailure = firstFailure == null ? e : firstFailure;
      if (ids.size() == 1 || mayHeal(e) || isHopeless()) {
        ids.forEach(id -> failures.put(id, e));
      } else {
        ask(ids.subList(0, ids.size() / 2));
        ask(ids.subList(ids.size() / 2, ids.size()));
      }
    }
  }

  private boolean isHopeless() {
    return !answered && failedCalls >= MAX_FAILURES_WITHOUT_RESPONSE;
  }

  private static boolean mayHeal(RuntimeException failure) {
    return failure instanceof SignSpaceException signSpace
        && signSpace.kind() == SignSpaceException.Kind.TRANSIENT;
  }
}
