package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.encryption.UnreadableNinException;
import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.FieldError;
import fi.signspace.plugin.signing.RequestValidator;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.Validation;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the signing request out of a task's variables; anything wrong is for a case worker to
 * correct. Identity codes are decrypted here, and live no longer than the request that is made of
 * them.
 */
public final class RequestInput {

  private final RequestValidator validator;
  private final NinCipher nins;

  public RequestInput(RequestValidator validator, NinCipher nins) {
    this.validator = validator;
    this.nins = nins;
  }

  /** Checks the whole request with its documents. */
  public void check(SigningTask task, List<DocumentMetadata> documents) {
    valid(task, values -> validator.validate(values, documents));
  }

  /** Reads the request without its documents. */
  SigningRequest read(SigningTask task) {
    return valid(task, validator::validate);
  }

  /** The moment after which the request is overdue. */
  Optional<Instant> dueDate(SigningTask task) {
    return validator.dueDate(task.startValues());
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

  /** Checks the documents, and who is to act, where the request is not known yet. */
  public void checkUpload(SigningTask task, List<DocumentMetadata> documents) {
    List<FieldError> problems = validator.validateUpload(task.startValues(), documents);
    if (!problems.isEmpty()) {
      throw new InputRejectedException(FieldError.text(problems));
    }
  }
}
