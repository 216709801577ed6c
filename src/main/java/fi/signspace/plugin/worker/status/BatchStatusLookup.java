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
 * Reads the status of many requests with one call. If SignSpace rejects it because of single ids,
 * the batch is halved until those are isolated. Transient failures are not retried.
 */
final class BatchStatusLookup {

  /**
   * Isolating one bad id among 100 takes eight failures at most, so more failures without a success
   * have another cause.
   */
  private static final int MAX_FAILURES_WITHOUT_SUCCESS = 10;

  private final SignSpace signSpace;
  private final Map<String, RequestState> states = new HashMap<>();
  private final Map<String, RuntimeException> failures = new HashMap<>();
  private @Nullable RuntimeException firstFailure;
  private boolean hasSucceeded;
  private int failedCalls;

  private BatchStatusLookup(SignSpace signSpace) {
    this.signSpace = signSpace;
  }

  /**
   * @param ids at most {@link SignSpace#MAX_IDS}
   */
  static BatchStatusLookup of(List<String> ids, SignSpace signSpace) {
    BatchStatusLookup lookup = new BatchStatusLookup(signSpace);
    if (!ids.isEmpty()) {
      lookup.fetch(ids);
    }
    return lookup;
  }

  /**
   * The state of a request.
   *
   * @return null if SignSpace does not show it
   * @throws RuntimeException the failure of the call for it
   */
  @Nullable RequestState stateOf(String id) {
    RuntimeException failure = failures.get(id);
    if (failure != null) {
      throw failure;
    }
    return states.get(id);
  }

  /**
   * Ensures that a call has succeeded.
   *
   * @throws RuntimeException the first failure, if no call has succeeded
   */
  void requireSuccess() {
    if (!hasSucceeded && firstFailure != null) {
      throw firstFailure;
    }
  }

  private void fetch(List<String> ids) {
    try {
      states.putAll(
          signSpace.getRequests(ids).stream()
              .collect(toMap(RequestState::id, identity(), (first, second) -> first)));
      hasSucceeded = true;
    } catch (RuntimeException e) {
      failedCalls++;
      firstFailure = firstFailure == null ? e : firstFailure;
      if (ids.size() == 1 || isTransient(e) || isHopeless()) {
        ids.forEach(id -> failures.put(id, e));
      } else {
        fetch(ids.subList(0, ids.size() / 2));
        fetch(ids.subList(ids.size() / 2, ids.size()));
      }
    }
  }

  private boolean isHopeless() {
    return !hasSucceeded && failedCalls >= MAX_FAILURES_WITHOUT_SUCCESS;
  }

  private static boolean isTransient(RuntimeException failure) {
    return failure instanceof SignSpaceException signSpace
        && signSpace.kind() == SignSpaceException.Kind.TRANSIENT;
  }
}
