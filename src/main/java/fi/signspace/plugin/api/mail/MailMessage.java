package fi.signspace.plugin.api.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.api.event.EventType;
import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;

/**
 * The variables of an instance of {@code signing-mail}. The event sets the first ones; the first
 * step adds the recipients, numbered from 0, and what the mails say.
 */
final class MailMessage {

  static final String REQUEST = "requestId";
  static final String TYPE = "eventType";
  static final String AT = "eventAt";
  static final String SIGNATURE = "signature";

  /** The number of recipients; the model makes a step for each. */
  static final String RECIPIENTS = "recipients";

  /** Followed by its number. */
  static final String RECIPIENT = "recipient";

  static final String NOTICE = "notice";

  /** Set by the engine: the number of the recipient. */
  private static final String NUMBER = "loopCounter";

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Object> variables;

  MailMessage(LockedExternalTask task) {
    variables = task.getVariables();
  }

  String request() {
    return text(REQUEST);
  }

  /**
   * @throws IllegalStateException if a variable was changed
   */
  EventType type() {
    return EventType.parse(text(TYPE)).orElseThrow(() -> unreadable(TYPE));
  }

  String at() {
    return text(AT);
  }

  int signature() {
    return variables.get(SIGNATURE) instanceof Integer number ? number : 0;
  }

  int number() {
    return variables.get(NUMBER) instanceof Integer number ? number : 0;
  }

  Recipient recipient() {
    return read(RECIPIENT + number(), Recipient.class);
  }

  Notice notice() {
    return read(NOTICE, Notice.class);
  }

  private String text(String variable) {
    return String.valueOf(variables.get(variable));
  }

  private <T> T read(String variable, Class<T> type) {
    try {
      return JSON.readValue(text(variable), type);
    } catch (JsonProcessingException e) {
      throw unreadable(variable);
    }
  }

  private static IllegalStateException unreadable(String variable) {
    return new IllegalStateException("The variable %s cannot be read".formatted(variable));
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
