package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.text.DisplayText;
import fi.signspace.plugin.signing.text.TextRules;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads metadata: SignSpace's field id to a value, plain or as {@code {"value": …}}. */
final class MetadataReader {

  private static final String METADATA = "metadata";
  private static final String TEMPLATE = "metadataTemplate";
  private static final String VALUE = "value";

  private MetadataReader() {}

  /** Returns the fields that have a value, unwrapped. */
  static Map<String, Object> read(InputReader start) {
    Map<String, Object> fields = new LinkedHashMap<>();
    start.object(METADATA).forEach((key, value) -> read(start, String.valueOf(key), value, fields));
    if (!fields.isEmpty() && start.isAbsent(TEMPLATE)) {
      start.problem(
          TEMPLATE,
          "There is metadata, but no template that it belongs to; add the id of the template as "
              + DisplayText.quoted(TEMPLATE)
              + ".");
    }
    return fields;
  }

  private static void read(
      InputReader start, String key, @Nullable Object value, Map<String, Object> fields) {
    String id = TextRules.stripped(key);
    Object unwrapped = InputReader.given(value);
    if (unwrapped instanceof Map<?, ?> wrapper) {
      if (wrapper.size() != 1 || !wrapper.containsKey(VALUE)) {
        start.problem(
            METADATA + "." + id,
            "The metadata field %s must be a value, or an object with nothing but “value” in it."
                .formatted(DisplayText.quoted(id)));
        return;
      }
      unwrapped = InputReader.given(wrapper.get(VALUE));
    }
    if (id.isEmpty()) {
      start.problem(METADATA, "A metadata field has no id; write the id that SignSpace gave it.");
    } else if (start.isFit(METADATA, id)
        && unwrapped != null
        && start.isFit(METADATA + "." + id, unwrapped)) {
      fields.put(id, unwrapped);
    }
  }
}
