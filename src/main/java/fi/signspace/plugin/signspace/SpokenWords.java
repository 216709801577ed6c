package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import feign.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What SignSpace says in an answer. Errors are not documented: they come as JSON of any shape, as
 * text, or as a proxy's HTML page, and may quote what was sent. {@link Masking} makes the words fit
 * for an incident.
 */
final class SpokenWords {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Set<String> BARE = Set.of("error", "message", "detail", "error_description");
  private static final Set<String> HIDDEN =
      Set.of("nin", "ssn", "base64", "access_token", "client_secret", "password");

  private SpokenWords() {}

  /** The words in the beginning of a body, without the credentials of the request. */
  static String of(Response response, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      text = of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      // not JSON, or only the beginning of it: the words are the text itself
    }
    return Masking.without(credentials(response), text);
  }

  /** The words in an answer: every text and number of it, with the name of its field. */
  static String of(JsonNode answer) {
    List<String> words = new ArrayList<>();
    collect("", answer, words);
    return String.join(", ", words);
  }

  private static void collect(String name, JsonNode node, List<String> words) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        collect(field.getKey(), field.getValue(), words);
      }
    } else if (node.isArray()) {
      node.forEach(element -> collect(name, element, words));
    } else if (node.isValueNode() && !node.isNull()) {
      words.add(named(name, node.asText()));
    }
  }

  private static String named(String name, String text) {
    String field = name.toLowerCase(Locale.ROOT);
    if (HIDDEN.contains(field)) {
      return name + ": [masked]";
    }
    return field.isEmpty() || BARE.contains(field) ? text : name + ": " + text;
  }

  private static List<String> credentials(Response response) {
    return response.request().headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
        .flatMap(header -> header.getValue().stream())
        .map(value -> value.substring(value.indexOf(' ') + 1))
        .flatMap(sent -> Stream.concat(Stream.of(sent), secretIn(sent)))
        .toList();
  }

  /** The secret in the credentials of HTTP Basic; none in a token. */
  private static Stream<String> secretIn(String credentials) {
    try {
      byte[] decoded = Base64.getDecoder().decode(credentials);
      String pair = new String(decoded, StandardCharsets.UTF_8);
      return pair.contains(":") ? Stream.of(pair.substring(pair.indexOf(':') + 1)) : Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }
}
