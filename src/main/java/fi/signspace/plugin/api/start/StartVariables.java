package fi.signspace.plugin.api.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.spin.plugin.variable.SpinValues;

/**
 * Converts the values of a JSON object to process variables: scalars as they are, others as Json.
 */
public final class StartVariables {

  private static final JsonMapper JSON = new JsonMapper();

  private StartVariables() {}

  public static Map<String, Object> of(Map<String, Object> values) {
    Map<String, Object> variables = new LinkedHashMap<>();
    values.forEach((name, value) -> variables.put(name, variable(value)));
    return variables;
  }

  private static Object variable(Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Number) {
      return value;
    }
    try {
      return SpinValues.jsonValue(JSON.writeValueAsString(value)).create();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
