package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.encryption.UnreadableNinException;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.Participant;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.input.NoticeOptions;
import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.input.Validation;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the signing request from a task's variables; a case worker corrects invalid input. Identity
 * codes are decrypted here and kept only in the resulting request.
 */
public final class RequestInput {

  private static final String CODE_AGAIN =
      "enter the identity code again: it was deleted after the first request had been sent";

  private static final String CODES_AGAIN =
      "enter the identity codes again: the first request had %s, and they were deleted after it had been sent";

  private final RequestValidator validator;
  private final NinCipher nins;

  public RequestInput(RequestValidator validator, NinCipher nins) {
    this.validator = validator;
    this.nins = nins;
  }

  /** Validates the whole request with its documents. */
  public void check(SigningTask task, List<DocumentMetadata> documents) {
    valid(task, values -> validator.validate(values, documents));
  }

  /**
   * Validates the whole request to be sent instead of another one. Its identity codes are no longer
   * known, so they have to be entered again.
   */
  public void checkAgain(SigningTask task, List<DocumentMetadata> documents, Creation former) {
    SigningRequest request = valid(task, values -> validator.validate(values, documents));
    Set<String> withCode =
        former.participants().stream()
            .filter(participant -> participant.hasCode() != null)
            .map(SigningState.Participant::handle)
            .collect(Collectors.toSet());
    List<FieldError> missing = new ArrayList<>();
    List<Participant> participants = request.participants();
    for (int i = 0; i < participants.size(); i++) {
      Participant participant = participants.get(i);
      if (participant.nin() == null && withCode.contains(participant.handle())) {
        missing.add(new FieldError("participants[%s].nin".formatted(i), CODE_AGAIN));
      }
    }
    long wanted = Math.min(withCode.size(), signers(participants));
    if (missing.isEmpty() && participants.stream().filter(p -> p.nin() != null).count() < wanted) {
      missing.add(
          new FieldError(ParticipantNins.PARTICIPANTS, CODES_AGAIN.formatted(withCode.size())));
    }
    if (!missing.isEmpty()) {
      throw new InputRejectedException(FieldError.text(missing));
    }
  }

  private static long signers(List<Participant> participants) {
    return participants.stream().filter(p -> p.role() == Participant.Role.SIGNER).count();
  }

  /** Reads the request without its documents. */
  SigningRequest read(SigningTask task) {
    return valid(task, validator::validate);
  }

  /** The notices that people get. */
  NoticeOptions notices(SigningTask task) {
    return validator.notices(task.startValues());
  }

  private SigningRequest valid(
      SigningTask task, Function<Map<String, @Nullable Object>, Validation> validate) {
    List<FieldError> unreadable = new ArrayList<>();
    Validation validation = validate.apply(decrypted(task.startValues(), unreadable));
    if (validation instanceof Validation.Valid valid && unreadable.isEmpty()) {
      return valid.request();
    }
    List<FieldError> problems = new ArrayList<>();
    if (validation instanceof Validation.Invalid invalid) {
      problems.addAll(invalid.problems());
    }
    problems.addAll(unreadable);
    throw new InputRejectedException(FieldError.text(problems));
  }

  private Map<String, @Nullable Object> decrypted(
      Map<String, @Nullable Object> values, List<FieldError> unreadable) {
    values.computeIfPresent(
        ParticipantNins.PARTICIPANTS,
        (name, participants) ->
            ParticipantNins.replaced(
                participants, (place, nin) -> decrypted(place, nin, unreadable)));
    return values;
  }

  private @Nullable Object decrypted(String place, Object nin, List<FieldError> unreadable) {
    if (!(nin instanceof String text)) {
      return nin;
    }
    try {
      return nins.decrypt(text);
    } catch (UnreadableNinException e) {
      unreadable.add(new FieldError(place, e.getMessage()));
      return null;
    }
  }

  /** Validates only the documents and the acting handle. */
  public void checkUpload(SigningTask task, List<DocumentMetadata> documents) {
    List<FieldError> problems = validator.validateUpload(task.startValues(), documents);
    if (!problems.isEmpty()) {
      throw new InputRejectedException(FieldError.text(problems));
    }
  }
}
