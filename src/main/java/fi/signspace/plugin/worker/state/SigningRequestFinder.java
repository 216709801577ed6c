package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.FormerRequest;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the requests in SignSpace that have certain files. SignSpace has no search, so all requests
 * are listed.
 */
public final class SigningRequestFinder {

  /**
   * The number of calls that the lock covers: two lists, and the files of up to 400 requests. A
   * longer search loses no safety, since the creation ensures its own lock.
   */
  public static final int MAX_CALLS = 6;

  static final int MAX_LISTED = 10_000;

  private static final int RECENT = 200;

  /** The maximum difference between the clocks of a worker and SignSpace. */
  static final Duration MAX_SIGNSPACE_CLOCK_SKEW = Duration.ofMinutes(1);

  /** What SignSpace's guide asks for: its maximum is not below. */
  private static final int KNOWN_LIMIT = 100;

  private static final String UNKNOWN =
      """
      It is unknown whether the signing request was created: SignSpace may have listed only some of its requests (%s at most), \
      or without their files. Look for it in SignSpace by its title. If it is there, set the variable signingRequestId \
      to its id and retry; if not, cancel this process instance and start a new one.\
      """
          .formatted(MAX_LISTED);

  private final SignSpace signSpace;

  public SigningRequestFinder(SignSpace signSpace) {
    this.signSpace = signSpace;
  }

  /**
   * Finds the request that was created from the pending documents.
   *
   * @param chosen the id of the request that an admin has chosen after an ambiguous search
   * @param since when the process instance was started, if that is known
   * @throws UnconfirmedException if the list may be truncated or lacks the files of a request
   * @throws IncidentException if the found request is ambiguous, or is not the chosen one
   */
  public Optional<RequestState> of(
      SigningState state, Optional<String> chosen, Optional<Instant> since) {
    for (int limit : List.of(RECENT, MAX_LISTED)) {
      List<RequestState> listed = signSpace.listRequests(limit);
      List<RequestState> known = withFiles(listed);
      List<RequestState> found = candidates(state, known);
      boolean isWhole = isSurelyWhole(listed.size(), limit) && areAllIn(known, listed);
      if (!found.isEmpty()) {
        return Optional.of(ours(found, state, chosen, since));
      }
      if (isWhole) {
        return Optional.empty();
      }
    }
    RequestState found =
        chosen
            .flatMap(id -> byId(id, signSpace).filter(request -> hasOurFiles(request, state)))
            .orElseThrow(
                () ->
                    // the next list may have another length, or the files
                    chosen.isEmpty()
                        ? new UnconfirmedException(UNKNOWN)
                        : new IncidentException(notOurs(chosen) + UNKNOWN));
    return Optional.of(found);
  }

  /**
   * Finds such a request among the latest ones, where no attempt to create it is known.
   *
   * @param since when the process instance was started, if that is known
   * @throws IncidentException if a request that is not surely ours has some of our files
   */
  public Optional<RequestState> recent(
      SigningState state, Optional<String> chosen, Optional<Instant> since) {
    List<RequestState> found = candidates(state, signSpace.listRequests(RECENT));
    return found.isEmpty() ? Optional.empty() : Optional.of(ours(found, state, chosen, since));
  }

  /**
   * Reads the first former request that SignSpace shows, but not as cancelled. One that was found
   * by an earlier check remains so until SignSpace shows it as cancelled.
   */
  public static Optional<FormerRequest> formerNotCancelled(
      SigningState state, SignSpace signSpace) {
    List<String> cancelled =
        state.formerRequestIds().stream()
            .filter(id -> !state.signedRequestIds().contains(id))
            .toList();
    if (cancelled.isEmpty()) {
      return Optional.empty();
    }
    List<RequestState> shown = signSpace.getRequests(cancelled);
    LastCheck last = state.lastCheck();
    return shown.stream()
        .filter(former -> former.status() != SigningStatus.CANCELLED)
        .findFirst()
        .map(former -> new FormerRequest(former.id(), former.status().text()))
        .or(
            () ->
                Optional.ofNullable(last == null ? null : last.former())
                    .filter(known -> shown.stream().noneMatch(one -> one.id().equals(known.id()))));
  }

  /** Reads one request; empty if SignSpace does not show it. */
  public static Optional<RequestState> byId(String id, SignSpace signSpace) {
    return signSpace.getRequests(List.of(id)).stream()
        .filter(request -> request.id().equals(id))
        .findFirst();
  }

  /**
   * Others can read our file ids, and may have created a request with some of them; SignSpace may
   * give the same content the same id.
   */
  private static RequestState ours(
      List<RequestState> found,
      SigningState state,
      Optional<String> chosen,
      Optional<Instant> since) {
    if (found.size() == 1
        && hasOurFiles(found.get(0), state)
        && hasOurTitle(found.get(0), state)
        && !isOlder(found.get(0), since)) {
      return found.get(0);
    }
    return found.stream()
        .filter(request -> chosen.filter(request.id()::equals).isPresent())
        .filter(request -> hasOurFiles(request, state))
        .findFirst()
        .orElseThrow(() -> notSurelyOurs(found, chosen));
  }

  /** If SignSpace lists no files, a request with our title that is not older is accepted. */
  private static boolean hasOurFiles(RequestState request, SigningState state) {
    Creation creation = state.creation();
    if (!request.fileIds().isEmpty() || creation == null) {
      return Set.copyOf(request.fileIds()).equals(Set.copyOf(state.pendingFileIds()));
    }
    Instant startedAt = Instant.parse(creation.startedAt());
    return request.hasTitle(creation.title())
        && request.createdAt() != null
        && request.createdAt().plus(MAX_SIGNSPACE_CLOCK_SKEW).isAfter(startedAt);
  }

  private static boolean isOlder(RequestState request, Optional<Instant> since) {
    return since
        .filter(
            start ->
                request.createdAt() != null
                    && request.createdAt().plus(MAX_SIGNSPACE_CLOCK_SKEW).isBefore(start))
        .isPresent();
  }

  private static boolean hasOurTitle(RequestState request, SigningState state) {
    Creation creation = state.creation();
    return creation == null || !request.hasOtherTitle(creation.title());
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
              %sA signing request in SignSpace has files of this process, but other files or another title, too, or is older than the process: %s. If it is the right \
              one, set the variable signingRequestId to its id and retry; if not, cancel this process instance and start a new one.\
              """
                .formatted(notOurs(chosen), requests));
  }

  private static String notOurs(Optional<String> chosen) {
    return chosen
        .map("The signing request %s does not have the files of this process. "::formatted)
        .orElse("");
  }

  static String describe(RequestState state) {
    return "%s (%s, created at %s)".formatted(state.id(), state.status().text(), state.createdAt());
  }

  static boolean isSurelyWhole(int size, int limit) {
    return size < limit && !isLikelyMaximum(size);
  }

  /**
   * A list of a round size may have been truncated by an undocumented maximum of SignSpace. It may
   * also be whole: then the next request makes it longer.
   */
  private static boolean isLikelyMaximum(int size) {
    return size >= KNOWN_LIMIT && (size % 50 == 0 || Integer.bitCount(size) == 1);
  }

  /** The requests whose files are known, from the list or from a request for them. */
  private List<RequestState> withFiles(List<RequestState> listed) {
    List<String> withoutFiles =
        listed.stream().filter(s -> s.fileIds().isEmpty()).map(RequestState::id).toList();
    Stream<RequestState> completed =
        withoutFiles.isEmpty() ? Stream.of() : signSpace.getRequests(withoutFiles).stream();
    return Stream.concat(listed.stream(), completed)
        .filter(state -> !state.fileIds().isEmpty())
        .toList();
  }

  private static boolean areAllIn(List<RequestState> known, List<RequestState> listed) {
    Set<String> ids = known.stream().map(RequestState::id).collect(Collectors.toSet());
    return listed.stream().map(RequestState::id).allMatch(ids::contains);
  }

  /**
   * Those that have any of the pending files, apart from the requests that the process had before:
   * an interrupted replacement may have given a pending file to one of them.
   */
  private static List<RequestState> candidates(SigningState state, List<RequestState> requests) {
    List<String> fileIds = state.pendingFileIds();
    return requests.stream()
        .filter(request -> request.fileIds().stream().anyMatch(fileIds::contains))
        .filter(request -> !state.hasRequest(request.id()))
        .toList();
  }
}
