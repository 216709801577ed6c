package fi.signspace.plugin.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A JSON object read strictly: a parameter that is unknown, missing, null or of another type is
 * rejected by name.
 */
public final class Payload {

  private final ObjectNode fields;
  private final String path;

  private Payload(ObjectNode fields, String path) {
    this.fields = fields;
    this.path = path;
  }

  public static Payload of(JsonNode body, Set<String> allowed) {
    if (body instanceof ObjectNode object) {
      return new Payload(object, "").allowing(allowed);
    }
    throw RefusalException.invalidBody("The body must be a JSON object");
  }

  private Payload allowing(Set<String> allowed) {
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!allowed.contains(name)) {
                throw invalid(name, "unknown parameter");
              }
            });
    return this;
  }

  public boolean has(String name) {
    return fields.has(name);
  }

  public RefusalException invalid(String name, String rule) {
    return RefusalException.invalid(path + name, rule);
  }

  /** A mandatory text that is not blank. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> invalid(name, "is mandatory"));
  }

  public Optional<String> optionalText(String name) {
    return value(name, JsonNode::isTextual, "must be a string")
        .map(JsonNode::textValue)
        .map(text -> notBlank(name, text));
  }

  /** A mandatory id: 24 hexadecimal digits. */
  String id(String name) {
    return id(name, text(name));
  }

  public Optional<String> optionalId(String name) {
    return optionalText(name).map(text -> id(name, text));
  }

  public String email(String name) {
    return email(name, text(name));
  }

  /** The acting handle: an id or an e-mail address (guide, "acting_handle"). */
  public String actingHandle() {
    String text = text("acting_handle");
    return Formats.isId(text) ? text : email("acting_handle", text);
  }

  /** JSON booleans only; false if absent. */
  public boolean flag(String name) {
    return value(name, JsonNode::isBoolean, "must be true or false, not a string")
        .map(JsonNode::booleanValue)
        .orElse(false);
  }

  public Optional<Integer> optionalInteger(String name) {
    return value(
            name,
            node -> node.isIntegralNumber() && node.canConvertToInt(),
            "must be a whole number")
        .map(JsonNode::intValue);
  }

  public void oneOf(String name, String... options) {
    Optional<String> text = optionalText(name);
    if (text.isPresent() && !List.of(options).contains(text.get())) {
      throw invalid(name, "must be one of " + String.join(", ", options));
    }
  }

  public Optional<JsonNode> optionalObject(String name) {
    return value(name, JsonNode::isObject, "must be an object");
  }

  /** Different ids, at least one. */
  public List<String> ids(String name) {
    List<String> ids = texts(name).stream().map(text -> id(name, text)).toList();
    if (ids.isEmpty()) {
      throw invalid(name, "must name at least one");
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      throw invalid(name, "names the same id twice");
    }
    return ids;
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (!element.isTextual()) {
        throw invalid(name, "must be a list of strings");
      }
      texts.add(element.textValue());
    }
    return List.copyOf(texts);
  }

  public List<Payload> objects(String name, Set<String> allowed) {
    List<Payload> objects = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (!(element instanceof ObjectNode object)) {
        throw invalid(name, "must be a list of objects");
      }
      String elementPath = path + name + "[" + objects.size() + "].";
      objects.add(new Payload(object, elementPath).allowing(allowed));
    }
    return List.copyOf(objects);
  }

  /** Returns a deep copy without the given parameters. */
  public JsonNode without(String... names) {
    return fields.deepCopy().remove(List.of(names));
  }

  private Iterable<JsonNode> elements(String name) {
    return value(name, JsonNode::isArray, "must be a list").orElseGet(fields::arrayNode);
  }

  private Optional<JsonNode> value(String name, Predicate<JsonNode> type, String rule) {
    Optional<JsonNode> value = Optional.ofNullable(fields.get(name));
    if (value.isPresent() && !type.test(value.get())) {
      throw invalid(name, rule);
    }
    return value;
  }

  private String notBlank(String name, String text) {
    if (text.isBlank()) {
      throw invalid(name, "is empty");
    }
    return text;
  }

  private String id(String name, String text) {
    if (!Formats.isId(text)) {
      throw invalid(name, "must be an id of 24 hexadecimal digits");
    }
    return text;
  }

  private String email(String name, String text) {
    if (!Formats.isEmail(text)) {
      throw invalid(name, "must be an e-mail address");
    }
    return text;
  }
}
