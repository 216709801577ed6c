package fi.signspace.plugin.signspace.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.signspace.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Extracts the error text of a response. Errors are not documented: they can be any JSON, text, or
 * a proxy's HTML page, and may quote the request. {@link Redactor} makes the text safe for an
 * incident.
 */
public final class ErrorTextExtractor {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Set<String> PLAIN =
      Set.of("error", "message", "detail", "error_description");
  private static final Set<String> SECRET =
      Set.of("nin", "ssn", "base64", "access_token", "client_secret", "password");

  private ErrorTextExtractor() {}

  /** Extracts the text of the beginning of a body. */
  public static String of(byte[] body) {
    String text = ResponseBodies.text(body);
    try {
      return of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return text; // not JSON, or truncated JSON
    }
  }

  /** Extracts every text and number of a response, with the name of its field. */
  public static String of(JsonNode response) {
    List<String> texts = new ArrayList<>();
    collect("", response, texts);
    return String.join(", ", texts);
  }

  private static void collect(String name, JsonNode node, List<String> texts) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        collect(field.getKey(), field.getValue(), texts);
      }
    } else if (node.isArray()) {
      node.forEach(element -> collect(name, element, texts));
    } else if (node.isValueNode() && !node.isNull()) {
      texts.add(named(name, node.asText()));
    }
  }

  private static String named(String name, String text) {
    String field = name.toLowerCase(Locale.ROOT);
    if (SECRET.contains(field)) {
      return name + ": [masked]";
    }
    return field.isEmpty() || PLAIN.contains(field) ? text : name + ": " + text;
  }
}
