package fi.signspace.plugin.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;

/** A value in JSON exceeds a limit, which the message names; its field is in the path. */
public final class JsonLimitException extends JsonMappingException {

  private static final long serialVersionUID = 1;

  /**
   * @param problem a predicate, without values of the JSON
   */
  public JsonLimitException(JsonParser parser, String problem) {
    super(parser, problem);
  }
}
