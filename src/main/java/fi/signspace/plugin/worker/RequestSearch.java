package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the requests in SignSpace that have certain files. There is no search in SignSpace, so it
 * lists them all.
 */
final class RequestSearch {

  /** How many calls a search makes at the most, for the lock that has to cover them. */
  static final int MOST_CALLS = 4;

  private static final int[] LIMITS = {200, 10_000};

  /**
   * A list of exactly so many may have been cut by a limit of SignSpace's own, which the guide does
   * not tell.
   */
  private static final Set<Integer> LIKELY_CUTS = Set.of(100, 200, 250, 500, 1000, 2000, 5000);

  private final SignSpace signSpace;

  RequestSearch(SignSpace signSpace) {
    this.signSpace = signSpace;
  }

  /**
   * @throws NeedsAdminException if the list is cut, so that nobody can be sure
   */
  List<RequestState> withAnyOf(List<String> fileIds) {
    for (int limit : LIMITS) {
      List<RequestState> listed = signSpace.listRequests(limit);
      List<RequestState> found = matching(listed, fileIds);
      if (!found.isEmpty() || isSurelyWhole(listed.size(), limit)) {
        return found;
      }
    }
    throw new NeedsAdminException(
        """
        Whether the signing request was created is not known, and SignSpace may have listed only some of its requests (%d at most). \
        Look for it in SignSpace by its title. If it is there, set the variable signingRequestId and move the process on to \
        “Check status now”; if not, set creationStartedAt to an empty text and retry.\
        """
            .formatted(LIMITS[LIMITS.length - 1]));
  }

  private static boolean isSurelyWhole(int size, int limit) {
    return size < limit && !LIKELY_CUTS.contains(size);
  }

  private List<RequestState> matching(List<RequestState> listed, List<String> fileIds) {
    List<String> withoutFiles =
        listed.stream().filter(s -> s.fileIds().isEmpty()).map(RequestState::id).toList();
    Stream<RequestState> looked =
        withoutFiles.isEmpty() ? Stream.of() : signSpace.getRequests(withoutFiles).stream();
    return Stream.concat(listed.stream(), looked)
        .filter(state -> state.fileIds().stream().anyMatch(fileIds::contains))
        .toList();
  }
}
