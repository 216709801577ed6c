package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.text.TextRules;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.variable.value.DoubleValue;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Rejects text that the database would reject, with a message that names the text, or would store
 * differently on H2 and PostgreSQL. The engine emits the history event for the start of an instance
 * before it is written; the business key is checked there.
 */
final class TextGuard implements HistoryEventHandler {

  private static final String DOCUMENT = "document";

  /** The lengths of the engine's columns, in UTF-16 code units. */
  private static final int MAX_VARIABLE_NAME = 255;

  private static final int MAX_ID = 64;

  /** With its encoding, it has to fit into a column of 4,000. */
  private static final int MAX_MEDIA_TYPE = 1000;

  private static final int MAX_ENCODING = 100;

  @Override
  public void handleEvent(HistoryEvent event) {
    if (event instanceof HistoricProcessInstanceEventEntity instance
        && event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_START)) {
      Optional.ofNullable(instance.getBusinessKey())
          .flatMap(key -> keyProblem(instance.getProcessDefinitionKey(), key))
          .ifPresent(problem -> refuse("businessKey", problem));
      Optional.ofNullable(instance.getCaseInstanceId())
          .flatMap(id -> TextRules.nameProblem(id, MAX_ID))
          .ifPresent(problem -> refuse("caseInstanceId", "The id %s.".formatted(problem)));
    }
  }

  private static void refuse(String place, String problem) {
    throw new RefusedValueException(place + ": " + problem);
  }

  @Override
  public void handleEvents(List<HistoryEvent> events) {
    events.forEach(this::handleEvent);
  }

  /** Further rules for business keys are up to each process. */
  private static Optional<String> keyProblem(String process, String key) {
    if (SigningProcess.KEY.equals(process)) {
      return TextRules.businessKeyProblem(key);
    }
    return key.length() > TextRules.MAX_BUSINESS_KEY
        ? Optional.of(
            "The business key must be text of at most %s characters."
                .formatted(TextRules.MAX_BUSINESS_KEY))
        : TextRules.unstorable(key).map("The business key %s; leave it out."::formatted);
  }

  /**
   * Checks the value of a variable.
   *
   * @param variable its name; null for a value that the engine stores elsewhere
   * @throws RefusedValueException if it cannot be stored
   */
  static void check(@Nullable String variable, TypedValue value) {
    String name = variable == null ? "" : variable;
    TextRules.nameProblem(name, MAX_VARIABLE_NAME)
        .ifPresent(problem -> refuse("variables", "The name of a variable %s.".formatted(problem)));
    problem(name, value).ifPresent(problem -> refuse(name, problem));
  }

  private static Optional<String> problem(String variable, TypedValue value) {
    if (value instanceof StringValue string && string.getValue() != null) {
      return tooLong(variable, string.getValue()).or(() -> unstorable(string.getValue()));
    }
    if (value instanceof DoubleValue number
        && number.getValue() != null
        && !Double.isFinite(number.getValue())) {
      return Optional.of("The number is too large, or no number; correct it.");
    }
    if (value instanceof SerializableValue serializable
        && serializable.getValueSerialized() != null) {
      return unstorable(serializable.getValueSerialized());
    }
    if (value instanceof FileValue file && file.getFilename() != null) {
      String name = file.getFilename();
      return (variable.startsWith(DOCUMENT)
              ? TextRules.fileNameProblem(name).map("The file %s."::formatted)
              : tooLong(variable, name).or(() -> unstorable(name)))
          .or(() -> encodingProblem(file.getEncoding()))
          .or(() -> mediaTypeProblem(file.getMimeType()));
    }
    return Optional.empty();
  }

  /** The engine writes it into the header of a download, which would fail each time. */
  private static Optional<String> encodingProblem(@Nullable String encoding) {
    if (encoding == null || encoding.isEmpty()) {
      return Optional.empty();
    }
    try {
      Charset.isSupported(encoding);
      return TextRules.nameProblem(encoding, MAX_ENCODING)
          .map("The encoding of the file %s; leave it out."::formatted);
    } catch (IllegalCharsetNameException e) {
      return Optional.of("The encoding of the file is no name of a character set; leave it out.");
    }
  }

  private static Optional<String> mediaTypeProblem(@Nullable String mediaType) {
    return Optional.ofNullable(mediaType)
        .flatMap(type -> TextRules.nameProblem(type, MAX_MEDIA_TYPE))
        .map("The media type of the file %s; leave it out."::formatted);
  }

  private static Optional<String> tooLong(String variable, String text) {
    return text.length() > TextRules.MAX_STRING
        ? Optional.of(
            "The text has %s characters, but a String variable holds at most %s; %s it."
                .formatted(
                    text.length(),
                    TextRules.MAX_STRING,
                    SigningVariables.START_AS_JSON.contains(variable)
                        ? "use a variable of type Json for"
                        : "shorten"))
        : Optional.empty();
  }

  private static Optional<String> unstorable(String text) {
    return TextRules.unstorable(text).map("The text %s; leave it out."::formatted);
  }
}
