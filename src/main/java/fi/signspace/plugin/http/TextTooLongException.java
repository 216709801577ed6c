package fi.signspace.plugin.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;

/** A text in JSON is longer than its field can be. */
public final class TextTooLongException extends JsonMappingException {

  private static final long serialVersionUID = 1;

  private final int length;
  private final int limit;

  public TextTooLongException(JsonParser parser, int length, int limit) {
    super(parser, "too long");
    this.length = length;
    this.limit = limit;
  }

  /** Describes the length; the field is in the path. */
  String problem() {
    return "has %s characters; shorten it to %s at most".formatted(length, limit);
  }
}
