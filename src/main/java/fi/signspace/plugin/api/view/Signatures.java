package fi.signspace.plugin.api.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the signatures from a variable. Only the expected fields of a signature are passed on;
 * malformed content is omitted, so that it does not affect other requests.
 */
final class Signatures {

  private static final Logger LOG = LoggerFactory.getLogger(Signatures.class);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Signatures() {}

  static @Nullable List<Signature> read(@Nullable TypedValue variable) {
    if (!(variable instanceof SerializableValue json) || json.getValueSerialized() == null) {
      return null;
    }
    try {
      List<Signature> signatures = new ArrayList<>();
      for (JsonNode signature : array(JSON.readTree(json.getValueSerialized()))) {
        signatures.add(
            new Signature(
                text(signature, "signedBy"),
                moment(text(signature, "signedAt")),
                moment(text(signature, "documentsReplacedAt"))));
      }
      return signatures;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.warn("Cannot read the variable signatures of a request; it is omitted");
      return null;
    }
  }

  private static JsonNode array(JsonNode json) {
    if (!json.isArray()) {
      throw new IllegalArgumentException("not a list");
    }
    return json;
  }

  private static @Nullable String text(JsonNode signature, String field) {
    JsonNode value = signature.path(field);
    if (!signature.isObject() || !(value.isTextual() || value.isNull() || value.isMissingNode())) {
      throw new IllegalArgumentException("not a signature");
    }
    return value.textValue();
  }

  private static @Nullable Instant moment(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
