package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.task.IncidentException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the requests in SignSpace that have certain files. There is no search in SignSpace, so it
 * lists them all.
 */
public final class SigningRequestFinder {

  /** How many calls a search mostly makes at the most, for the lock that is to cover them. */
  public static final int MAX_CALLS = 6;

  static final int MAX_LISTED = 10_000;

  private static final int[] LIMITS = {200, MAX_LISTED};

  /** How far the clocks of a worker and of SignSpace may be apart. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  /**
   * A list of exactly so many may have been cut by a limit of SignSpace's own, which the guide does
   * not tell.
   */
  private static final Set<Integer> LIKELY_CUTS = Set.of(100, 200, 250, 500, 1000, 2000, 5000);

  private final SignSpace signSpace;

  public SigningRequestFinder(SignSpace signSpace) {
    this.signSpace = signSpace;
  }

  /**
   * The request that was created of the files that were uploaded for it.
   *
   * @param chosen the id of a request that an admin has chosen, where this could not be sure
   * @throws IncidentException if the list is cut or does not tell the files of each request, if
   *     several requests carry our files, or one that is not surely ours does
   */
  public Optional<RequestState> of(SigningState state, Optional<String> chosen) {
    List<String> fileIds = state.pendingFileIds();
    for (int limit : LIMITS) {
      List<RequestState> listed = signSpace.listRequests(limit);
      List<RequestState> known = withFiles(listed);
      List<RequestState> found = carryingAnyOf(fileIds, known);
      boolean isWhole = isSurelyWhole(listed.size(), limit) && areAllIn(known, listed);
      if (!found.isEmpty()) {
        return Optional.of(ours(found, state, chosen));
      }
      if (isWhole) {
        return Optional.empty();
      }
    }
    RequestState found =
        chosen
            .flatMap(
                id ->
                    signSpace.getRequests(List.of(id)).stream()
                        .filter(request -> hasOurFiles(request, state))
                        .findFirst())
            .orElseThrow(() -> notSure(chosen));
    return Optional.of(found);
  }

  /** Others can read our file ids, and may have made a request of some of them. */
  private static RequestState ours(
      List<RequestState> found, SigningState state, Optional<String> chosen) {
    if (found.size() == 1 && hasOurFiles(found.get(0), state) && hasOurTitle(found.get(0), state)) {
      return found.get(0);
    }
    return found.stream()
        .filter(request -> chosen.filter(request.id()::equals).isPresent())
        .filter(request -> hasOurFiles(request, state))
        .findFirst()
        .orElseThrow(() -> notSurelyOurs(found, chosen));
  }

  /** Where SignSpace tells no files, a request that has our title and is not older is believed. */
  private static boolean hasOurFiles(RequestState request, SigningState state) {
    Creation creation = state.creation();
    if (!request.fileIds().isEmpty() || creation == null) {
      return Set.copyOf(request.fileIds()).equals(Set.copyOf(state.pendingFileIds()));
    }
    Instant startedAt = Instant.parse(creation.startedAt());
    return creation.title().equals(request.title())
        && request.createdAt() != null
        && request.createdAt().plus(CLOCKS).isAfter(startedAt);
  }

  private static boolean hasOurTitle(RequestState request, SigningState state) {
    Creation creation = state.creation();
    return creation == null
        || request.title() == null
        || request.title().strip().equals(creation.title().strip());
  }

  private static IncidentException notSurelyOurs(
      List<RequestState> found, Optional<String> chosen) {
    String requests =
        String.join(", ", found.stream().map(SigningRequestFinder::describe).toList());
    return new IncidentException(
        found.size() > 1
            ? """
              %sMore than one signing request in SignSpace has the files of this process: %s. Cancel those in SignSpace that are \
              not wanted, set the variable signingRequestId to the id of the right one, then retry.\
              """
                .formatted(notOurs(chosen), requests)
            : """
              %sA signing request in SignSpace has files of this process, but other files or another title, too: %s. If it is the right \
              one, set the variable signingRequestId to its id and retry; if not, cancel this process instance and start a new one.\
              """
                .formatted(notOurs(chosen), requests));
  }

  private static IncidentException notSure(Optional<String> chosen) {
    return new IncidentException(
        """
        %sWhether the signing request was created is not known: SignSpace may have listed only some of its requests (%d at most), \
        or does not tell the files of all. Look for it in SignSpace by its title. If it is there, set the variable signingRequestId \
        to its id and retry; if not, cancel this process instance and start a new one.\
        """
            .formatted(notOurs(chosen), MAX_LISTED));
  }

  private static String notOurs(Optional<String> chosen) {
    return chosen
        .map("The signing request %s does not have the files of this process. "::formatted)
        .orElse("");
  }

  private static String describe(RequestState state) {
    return "%s (%s, created at %s)".formatted(state.id(), state.status().text(), state.createdAt());
  }

  private static boolean isSurelyWhole(int size, int limit) {
    return size < limit && !LIKELY_CUTS.contains(size);
  }

  /** Those whose files SignSpace tells, if not in the list, then when it is asked for them. */
  private List<RequestState> withFiles(List<RequestState> listed) {
    List<String> withoutFiles =
        listed.stream().filter(s -> s.fileIds().isEmpty()).map(RequestState::id).toList();
    Stream<RequestState> looked =
        withoutFiles.isEmpty() ? Stream.of() : signSpace.getRequests(withoutFiles).stream();
    return Stream.concat(listed.stream(), looked)
        .filter(state -> !state.fileIds().isEmpty())
        .toList();
  }

  private static boolean areAllIn(List<RequestState> known, List<RequestState> listed) {
    Set<String> ids = known.stream().map(RequestState::id).collect(Collectors.toSet());
    return listed.stream().map(RequestState::id).allMatch(ids::contains);
  }

  private static List<RequestState> carryingAnyOf(
      List<String> fileIds, List<RequestState> requests) {
    return requests.stream()
        .filter(request -> request.fileIds().stream().anyMatch(fileIds::contains))
        .toList();
  }
}
