package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.RequestState.Signature;
import fi.signspace.plugin.signing.SigningStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of SignSpace tolerantly: the guide shows none of them, so any field may be
 * missing, null, or of another type than seen so far. Only an answer without an id is of no use.
 */
final class Answers {

  /**
   * A list of requests: a bare array, wrapped in an object, or one object alone. What has no id is
   * passed over.
   */
  static List<RequestState> requests(JsonNode answer) {
    List<RequestState> requests = new ArrayList<>();
    elements(answer).forEach(element -> request(element).ifPresent(requests::add));
    return requests;
  }

  /** One request, bare or as the only one of a list; empty if there is no id. */
  static Optional<RequestState> onlyRequest(JsonNode answer) {
    return requests(answer).stream().findFirst();
  }

  /** The id of one created object; empty if there is none. */
  static Optional<String> id(JsonNode answer) {
    for (JsonNode element : elements(answer)) {
      String id = idOf(element);
      if (id != null) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private static Iterable<JsonNode> elements(JsonNode answer) {
    if (answer.isArray()) {
      return answer;
    }
    for (String wrapper : List.of("tasks", "files", "data", "results")) {
      if (!answer.has("_id") && answer.path(wrapper).isArray()) {
        return answer.path(wrapper);
      }
    }
    for (String wrapper : List.of("task", "file")) {
      if (!answer.has("_id") && answer.path(wrapper).isObject()) {
        return List.of(answer.path(wrapper));
      }
    }
    return List.of(answer);
  }

  private static Optional<RequestState> request(JsonNode node) {
    String id = idOf(node);
    if (id == null) {
      return Optional.empty();
    }
    String status = node.path("status").asText("");
    return Optional.of(
        new RequestState(
            id,
            SigningStatus.of(status.equals("null") ? "" : status),
            status.equals("null") ? "" : status,
            text(node, "title"),
            ids(node.path("files")),
            ids(node.path("signed_files")),
            number(node, "signatures_requested_count"),
            number(node, "signatures_completed_count"),
            signatures(node.path("signed_data")),
            text(node, "message_url"),
            moment(node.path("created_at"))));
  }

  private static @Nullable String idOf(JsonNode node) {
    if (node.isTextual() && !node.asText().isBlank()) {
      return node.asText();
    }
    String id = text(node, "_id");
    return id == null ? text(node, "id") : id;
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.forEach(
        element -> {
          String id = idOf(element);
          if (id != null) {
            ids.add(id);
          }
        });
    return ids;
  }

  private static List<Signature> signatures(JsonNode list) {
    List<Signature> signatures = new ArrayList<>();
    list.forEach(
        element -> {
          if (element.isObject()) {
            signatures.add(
                new Signature(text(element, "signed_by"), moment(element.path("signed_at"))));
          }
        });
    return signatures;
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? value.asText()
        : null;
  }

  private static @Nullable Integer number(JsonNode node, String field) {
    String text = text(node, field);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** ISO 8601 with a zone, or without one and then UTC, or seconds or milliseconds since 1970. */
  private static @Nullable Instant moment(JsonNode node) {
    if (node.isNumber()) {
      long value = node.asLong();
      return value > 100_000_000_000L ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
    }
    String text = node.asText("").strip();
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException withoutZone) {
      try {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException unreadable) {
        return null;
      }
    }
  }

  private Answers() {}
}
