package fi.signspace.plugin.api.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.api.delivery.UndeliveredException;
import fi.signspace.plugin.api.delivery.UndeliveredException.Kind;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.process.SigningVariables;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an instance of {@code signing-mail}. The event sets the first ones; the first
 * step adds the recipients, numbered from 0, and what the mails say.
 */
final class MailMessage {

  static final String REQUEST = "requestId";

  /**
   * The business key of the request. The instance itself has none, so that a search by the key
   * finds the request alone.
   */
  static final String REQUEST_KEY = "requestKey";

  /** The id of the request in SignSpace when the event happened; does not exist before. */
  static final String SIGNING_REQUEST_ID = SigningVariables.SIGNING_REQUEST_ID.name();

  static final String TYPE = "eventType";
  static final String AT = "eventAt";
  static final String SIGNATURE = "signature";

  /** The addresses of the deputies to whom a task was offered; otherwise it does not exist. */
  static final String DEPUTIES = "deputies";

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

  @Nullable String businessKey() {
    return variables.get(REQUEST_KEY) instanceof String key ? key : null;
  }

  String request() {
    return text(REQUEST);
  }

  /** Whether the event happened to this request, and not to one that it has replaced. */
  boolean isAbout(@Nullable String signingRequestId) {
    return signingRequestId == null
        || !(variables.get(SIGNING_REQUEST_ID) instanceof String about)
        || about.equals(signingRequestId);
  }

  EventType type() throws UndeliveredException {
    return EventType.parse(text(TYPE)).orElseThrow(() -> unreadable(TYPE));
  }

  Instant at() throws UndeliveredException {
    try {
      return Instant.parse(text(AT));
    } catch (DateTimeException e) {
      throw unreadable(AT);
    }
  }

  int signature() {
    return variables.get(SIGNATURE) instanceof Integer number ? number : 0;
  }

  List<String> deputies() throws UndeliveredException {
    return variables.containsKey(DEPUTIES) ? List.of(read(DEPUTIES, String[].class)) : List.of();
  }

  int number() {
    return variables.get(NUMBER) instanceof Integer number ? number : 0;
  }

  Recipient recipient() throws UndeliveredException {
    return read(RECIPIENT + number(), Recipient.class);
  }

  Notice notice() throws UndeliveredException {
    return read(NOTICE, Notice.class);
  }

  private String text(String variable) {
    return String.valueOf(variables.get(variable));
  }

  private <T> T read(String variable, Class<T> type) throws UndeliveredException {
    try {
      return JSON.readValue(text(variable), type);
    } catch (JsonProcessingException e) {
      throw unreadable(variable);
    }
  }

  private static UndeliveredException unreadable(String variable) {
    return new UndeliveredException(
        Kind.HOPELESS, "The variable %s of this mail was changed.".formatted(variable));
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
