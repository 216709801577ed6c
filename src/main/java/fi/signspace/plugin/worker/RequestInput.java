package fi.signspace.plugin.worker;

import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.encryption.UnreadableNinException;
import fi.signspace.plugin.signing.DocumentFacts;
import fi.signspace.plugin.signing.FieldProblem;
import fi.signspace.plugin.signing.RequestValidator;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.Validation;
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
final class RequestInput {

  private final RequestValidator validator;
  private final NinCipher nins;

  RequestInput(RequestValidator validator, NinCipher nins) {
    this.validator = validator;
    this.nins = nins;
  }

  /** Checks the whole request with its documents. */
  void check(SigningTask task, List<DocumentFacts> documents) {
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
    List<FieldProblem> unreadable = new ArrayList<>();
    Validation validation = validate.apply(decrypted(task.startValues(), unreadable));
    if (validation instanceof Validation.Valid valid && unreadable.isEmpty()) {
      return valid.request();
    }
    List<FieldProblem> problems = new ArrayList<>();
    if (validation instanceof Validation.Invalid invalid) {
      problems.addAll(invalid.problems());
    }
    problems.addAll(unreadable);
    throw new InputRejectedException(FieldProblem.text(problems));
  }

  private Map<String, @Nullable Object> decrypted(
      Map<String, @Nullable Object> values, List<FieldProblem> unreadable) {
    values.computeIfPresent(
        ParticipantNins.PARTICIPANTS,
        (name, participants) ->
            ParticipantNins.replaced(
                participants, (place, nin) -> decrypted(place, nin, unreadable)));
    return values;
  }

  private @Nullable Object decrypted(String place, Object nin, List<FieldProblem> unreadable) {
    if (!(nin instanceof String text)) {
      return nin;
    }
    try {
      return nins.decrypt(text);
    } catch (UnreadableNinException e) {
      unreadable.add(new FieldProblem(place, e.getMessage()));
      return null;
    }
  }

  /** Checks the documents, and who is to act, where the request is not known yet. */
  void checkUpload(SigningTask task, List<DocumentFacts> documents) {
    List<FieldProblem> problems = validator.validateUpload(task.startValues(), documents);
    if (!problems.isEmpty()) {
      throw new InputRejectedException(FieldProblem.text(problems));
    }
  }
}
