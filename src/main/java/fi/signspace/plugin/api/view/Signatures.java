package fi.signspace.plugin.api.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.signing.text.Handles;
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

  /** Null unless they are those of the sealed state. */
  static @Nullable List<Signature> readSealed(@Nullable TypedValue variable, SigningState state) {
    List<Signature> given = read(variable);
    return given != null && isOf(state, given) ? given : null;
  }

  private static boolean isOf(SigningState state, List<Signature> given) {
    return state.signatures() == null
        ? isPlausible(state, given)
        : state
            .signatures()
            .equals(SignatureGiven.hash(given.stream().map(Signatures::sealed).toList()));
  }

  private static SignatureGiven sealed(Signature signature) {
    return new SignatureGiven(
        signature.signedBy(),
        signature.signedAt() == null ? null : signature.signedAt().toString(),
        signature.documentsReplacedAt() == null
            ? null
            : signature.documentsReplacedAt().toString());
  }

  /** States of former versions have only their number. */
  private static boolean isPlausible(SigningState state, List<Signature> given) {
    if (state.request() == null || state.lastCheck() == null) {
      return false;
    }
    Integer completed = state.lastCheck().signaturesCompleted();
    List<String> signers = state.request().signers().stream().map(Handles::key).toList();
    return completed != null
        && given.size() <= completed
        && given.stream()
            .map(Signature::signedBy)
            .allMatch(by -> by == null || signers.contains(Handles.key(by)));
  }

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
