package fi.signspace.plugin.sandbox.task;

import fi.signspace.plugin.sandbox.RefusalException;
import fi.signspace.plugin.sandbox.file.StoredFile;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An immutable signing request, called a task in the API. A change that the state does not allow is
 * rejected with status 409.
 *
 * @param participants signers in signing order, then watchers
 */
public record Task(
    String id,
    SigningRequestSettings settings,
    List<StoredFile> files,
    List<StoredFile> signedFiles,
    List<Participant> participants,
    State state,
    Instant createdAt,
    Instant updatedAt) {

  /** The state set by people; signing progress is derived from the participants. */
  public enum State {
    PENDING,
    ON_HOLD,
    CANCELLED,
    COMPLETE,
    DECLINED,
    PARKED
  }

  /** Creates the signed copies after the last signature. */
  public interface SignedCopies {
    List<StoredFile> of(Task task);
  }

  public Task {
    files = List.copyOf(files);
    signedFiles = List.copyOf(signedFiles);
    participants = List.copyOf(participants);
  }

  public static Task created(
      String id,
      SigningRequestSettings settings,
      List<StoredFile> files,
      List<Participant> participants,
      Instant at) {
    List<Participant> ordered =
        participants.stream()
            .sorted(
                Comparator.comparing(Participant::signer)
                    .reversed()
                    .thenComparing(Participant::position))
            .toList();
    return new Task(id, settings, files, List.of(), ordered, State.PENDING, at, at);
  }

  public Status status(Instant now) {
    return switch (state) {
      case ON_HOLD -> Status.ON_HOLD;
      case CANCELLED -> Status.CANCELLED;
      case COMPLETE -> Status.COMPLETE;
      case DECLINED -> Status.DECLINED;
      case PARKED -> Status.PARKED;
      case PENDING -> {
        if (isOverdue(now)) {
          yield Status.OVERDUE;
        }
        yield signedCount() > 0 ? Status.IN_PROGRESS : Status.OPEN;
      }
    };
  }

  public List<Participant> signers() {
    return participants.stream().filter(Participant::signer).toList();
  }

  int signedCount() {
    return (int) participants.stream().filter(Participant::hasSigned).count();
  }

  public Task sign(String handle, Instant now, SignedCopies copies) {
    Participant person = require(handle);
    rejectIf(SigningRules.whyNotSign(this, person, now));
    Task signed = replacing(person, person.signed(now), now);
    boolean last = signed.signers().stream().allMatch(Participant::hasSigned);
    return last ? signed.complete(now, copies) : signed;
  }

  public Task decline(String handle, Instant now) {
    Participant person = require(handle);
    rejectIf(SigningRules.whyNotDecline(this, person));
    return replacing(person, person.declined(now), now);
  }

  public Task hold(Instant now) {
    require(Action.HOLD);
    return inState(State.ON_HOLD, now);
  }

  public Task cancel(Instant now) {
    require(Action.CANCEL);
    return inState(State.CANCELLED, now);
  }

  public Task report(Instant now) {
    require(Action.REPORT);
    return inState(State.DECLINED, now);
  }

  public Task park(Instant now) {
    require(Action.PARK);
    return inState(State.PARKED, now);
  }

  /** Makes the request overdue. */
  public Task expire(Instant now) {
    require(Action.EXPIRE);
    return new Task(
        id, settings.dueAt(now), files, signedFiles, participants, state, createdAt, now);
  }

  /** Those who have declined are asked again. */
  public Task open(Instant now) {
    require(Action.OPEN);
    return with(files, signedFiles, withoutDeclines(), State.PENDING, now);
  }

  public Task complete(Instant now, SignedCopies copies) {
    require(Action.COMPLETE);
    return with(files, copies.of(this), participants, State.COMPLETE, now);
  }

  /**
   * Replaces the files. Signatures remain, since the guide does not say otherwise; declines are
   * reverted.
   */
  public Task update(List<StoredFile> newFiles, Instant now) {
    require(Action.UPDATE);
    return with(newFiles, signedFiles, withoutDeclines(), state, now);
  }

  private List<Participant> withoutDeclines() {
    return participants.stream().map(Participant::withoutDecline).toList();
  }

  boolean isOverdue(Instant now) {
    return settings.dueAt() != null && !now.isBefore(settings.dueAt());
  }

  private Participant require(String handle) {
    return participants.stream()
        .filter(person -> Participant.key(person.handle()).equals(Participant.key(handle)))
        .findFirst()
        .orElseThrow(() -> RefusalException.notFound("No participant has this handle"));
  }

  private void require(Action action) {
    if (!action.isPossible(this)) {
      throw RefusalException.conflict("Not possible while the signing request is " + state);
    }
  }

  private static void rejectIf(Optional<String> objection) {
    objection.ifPresent(
        message -> {
          throw RefusalException.conflict(message);
        });
  }

  private Task replacing(Participant before, Participant after, Instant now) {
    UnaryOperator<Participant> replace = person -> person.equals(before) ? after : person;
    List<Participant> all = participants.stream().map(replace).toList();
    return with(files, signedFiles, all, state, now);
  }

  private Task inState(State newState, Instant now) {
    return with(files, signedFiles, participants, newState, now);
  }

  private Task with(
      List<StoredFile> newFiles,
      List<StoredFile> newSignedFiles,
      List<Participant> newParticipants,
      State newState,
      Instant now) {
    return new Task(
        id, settings, newFiles, newSignedFiles, newParticipants, newState, createdAt, now);
  }
}
