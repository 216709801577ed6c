package fi.signspace.plugin.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.sandbox.Operation;
import fi.signspace.plugin.sandbox.Payload;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault injection rule of the sandbox.
 *
 * @param operation an {@link Operation#text()}, or {@code *} for all
 * @param status the HTTP status of the response, only with {@link Kind#STATUS}
 * @param retryAfter the header's value, only with {@link Kind#STATUS}
 * @param html whether the body is an HTML page, as proxies return it, instead of JSON
 * @param latency the delay of the response, only with {@link Kind#LATENCY}
 * @param times the number of affected calls; null: all
 * @param period how long the rule applies ({@code for}); null: until it is cleared
 */
record Fault(
    String operation,
    Kind kind,
    @Nullable Integer status,
    @Nullable String retryAfter,
    boolean html,
    @Nullable Duration latency,
    @Nullable Integer times,
    @Nullable Duration period) {

  /** The kinds of faults. */
  enum Kind {
    /** The call is carried out after a delay. */
    LATENCY("latency"),
    /** The call is not carried out; the response is an error. */
    STATUS("status"),
    /** The connection is reset; the call is not carried out. */
    CUT_BEFORE("cutBefore"),
    /** The call is carried out; the connection is reset in the middle of the response. */
    CUT_AFTER("cutAfter"),
    /** The call is not carried out, and there is no response. */
    NOTHING("nothing");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private static final Set<String> FIELDS =
      Set.of("operation", "kind", "status", "retryAfter", "body", "latency", "times", "for");

  private static final Duration MAX_DURATION = Duration.ofDays(1);

  static Fault read(JsonNode node) {
    Payload payload = Payload.of(node, FIELDS);
    Kind kind = kind(payload);
    payload.oneOf("body", "json", "html");
    var fault =
        new Fault(
            operation(payload),
            kind,
            payload.optionalInteger("status").orElse(null),
            payload.optionalText("retryAfter").orElse(null),
            payload.optionalText("body").equals(Optional.of("html")),
            duration(payload, "latency"),
            payload.optionalInteger("times").orElse(null),
            duration(payload, "for"));
    fault.check(payload);
    return fault;
  }

  boolean concerns(String calledOperation) {
    return operation.equals("*") || operation.equals(calledOperation);
  }

  private void check(Payload payload) {
    if ((kind == Kind.STATUS) != (status != null)) {
      throw payload.invalid("status", "goes with kind status, and only with it");
    }
    if (status != null && (status < 400 || status > 599)) {
      throw payload.invalid("status", "must be from 400 to 599");
    }
    if (kind != Kind.STATUS && (retryAfter != null || html)) {
      throw payload.invalid(html ? "body" : "retryAfter", "goes with kind status only");
    }
    if ((kind == Kind.LATENCY) != (latency != null)) {
      throw payload.invalid("latency", "goes with kind latency, and only with it");
    }
    if (times != null && times < 1) {
      throw payload.invalid("times", "must be 1 or more");
    }
  }

  private static String operation(Payload payload) {
    List<String> operations = new ArrayList<>(Operation.names());
    operations.add("*");
    payload.oneOf("operation", operations.toArray(String[]::new));
    return payload.text("operation");
  }

  private static Kind kind(Payload payload) {
    payload.oneOf("kind", Arrays.stream(Kind.values()).map(Kind::text).toArray(String[]::new));
    String text = payload.text("kind");
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable Duration duration(Payload payload, String name) {
    return payload.optionalText(name).map(text -> duration(payload, name, text)).orElse(null);
  }

  private static Duration duration(Payload payload, String name, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(MAX_DURATION) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      // rejected below, like zero
    }
    throw payload.invalid(name, "must be an ISO 8601 duration up to a day, e.g. PT5S");
  }
}
