package fi.signspace.plugin.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.util.StringUtils;

/**
 * Describes JSON that cannot be read, without its values: Jackson's own messages may quote them.
 */
public final class JsonErrors {

  private static final int MAX_SHOWN = 80;

  /**
   * Returns a sentence without a full stop; it contains names of the JSON, which may be anything.
   */
  public static String describe(JsonProcessingException failure) {
    if (failure instanceof StreamConstraintsException) {
      return "The JSON is nested too deeply, or a name, a number or a text in it is too long";
    }
    String field = field(failure);
    if (failure instanceof JsonLimitException limit) {
      return field + " " + limit.getOriginalMessage();
    }
    String what = failure instanceof MismatchedInputException ? ": %s has another type" : " in %s";
    return "The JSON cannot be read"
        + (field.isEmpty() ? "" : what.formatted(field))
        + place(failure);
  }

  /** Returns the place as the end of a sentence; empty if it is unknown. */
  public static String place(JsonProcessingException failure) {
    JsonLocation at = failure.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : ", line %s, column %s".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String field(JsonProcessingException failure) {
    return failure instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(Reference::getFieldName)
            .filter(Objects::nonNull)
            .map(name -> StringUtils.truncate(name, MAX_SHOWN))
            .collect(Collectors.joining("."))
        : "";
  }

  private JsonErrors() {}
}
