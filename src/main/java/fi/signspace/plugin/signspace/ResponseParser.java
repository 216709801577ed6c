package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.RequestState.Signature;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.text.Handles;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import fi.signspace.plugin.signspace.http.ErrorTextExtractor;
import fi.signspace.plugin.signspace.http.UnreadableResponseException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses SignSpace's responses leniently, since the guide names few of their fields: plain or
 * wrapped lists, plain ids or ids in objects, numbers as text; missing, null and unknown fields.
 */
final class ResponseParser {

  /** No database stores half of a surrogate pair; PostgreSQL stores no U+0000. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\p{Cs}\\x00]");

  /** A placeholder such as {@code -} or {@code 0000-00-00 00:00:00}. */
  private static final Pattern NO_TIME = Pattern.compile("[\\s0:.,/TZ+-]*");

  /** The status that a request has while someone has declined: the guide has none. */
  private static final String DECLINED = "declined";

  /** Who may be listed with what they have done; the guide documents the first one only. */
  private static final List<String> PEOPLE =
      List.of("signed_data", "participants", "signatories", "signers");

  /** No signature is older; a time before is that of an empty field. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** A number without a fraction, also if it is written with one. */
  private static final Pattern COUNT = Pattern.compile("(\\d{1,6})(\\.0+)?");

  private static final List<String> WRAPPERS =
      List.of("tasks", "task", "files", "file", "data", "result");

  private ResponseParser() {}

  /** Returns the id of a created file ({@code _id}). */
  static String createdFile(JsonNode response) throws UnreadableResponseException {
    String id = id(created(response));
    if (id.isEmpty()) {
      throw new UnreadableResponseException(
          "the response has no id of a file", ErrorTextExtractor.of(response));
    }
    return id;
  }

  /** Returns a created signing request. */
  static RequestState createdRequest(JsonNode response) throws UnreadableResponseException {
    JsonNode task = created(response);
    if (id(task).isEmpty()) {
      throw new UnreadableResponseException(
          "the response has no id of a signing request", ErrorTextExtractor.of(response));
    }
    return request(task);
  }

  /**
   * Returns signing requests, given as a list or in {@code {"tasks": […]}}; entries without id are
   * skipped.
   */
  static List<RequestState> requests(JsonNode response) throws UnreadableResponseException {
    if (response.isObject() && response.has("tasks")) {
      return requestsIn(response.get("tasks"));
    }
    if (response.isArray() || !id(response).isEmpty()) {
      return requestsIn(response);
    }
    throw new UnreadableResponseException(
        "the response has no signing requests", ErrorTextExtractor.of(response));
  }

  private static List<RequestState> requestsIn(JsonNode tasks) {
    return elements(tasks)
        .filter(task -> !id(task).isEmpty())
        .map(ResponseParser::request)
        .toList();
  }

  private static RequestState request(JsonNode task) {
    String text = Objects.requireNonNullElse(text(task.path("status")), "");
    List<Signature> signatures = signatures(task, SigningStatus.of(text));
    boolean isDeclined = isDeclined(task, Objects.requireNonNullElse(signatures, List.of()));
    String status = isDeclined && mayMissSignatures(text) ? DECLINED : text;
    return new RequestState(
        id(task),
        SigningStatus.of(status),
        status,
        text(task.path("title")),
        ids(task.path("files")),
        ids(task.path("signed_files")),
        count(task.path("signatures_requested_count")),
        count(task.path("signatures_completed_count")),
        signatures,
        unsigned(task),
        nonEmpty(scalar(task.path("message_url"))),
        LenientDateParser.read(task.path("created_at")));
  }

  private static boolean mayMissSignatures(String status) {
    return switch (SigningStatus.of(status)) {
      case OPEN, IN_PROGRESS, OVERDUE, COMPLETE -> true;
      case ON_HOLD, CANCELLED, UNKNOWN -> false;
    };
  }

  /** Whether someone has declined who has not signed: a person may be asked again. */
  private static boolean isDeclined(JsonNode task, List<Signature> signatures) {
    List<String> signed =
        signatures.stream()
            .flatMap(signature -> Stream.ofNullable(signature.signedBy()))
            .map(Handles::key)
            .toList();
    return PEOPLE.stream()
        .flatMap(people -> elements(task.path(people)))
        .filter(PersonMarkers::hasDeclined)
        .map(ResponseParser::listed)
        .anyMatch(person -> person.isEmpty() || !signed.contains(Handles.key(person)));
  }

  /** Those who are listed without a signature, while others may have one. */
  private static List<String> unsigned(JsonNode task) {
    return PEOPLE.stream()
        .map(people -> elements(task.path(people)).toList())
        .flatMap(
            people ->
                people.stream()
                    .filter(
                        person ->
                            PersonMarkers.hasNotSigned(person, people)
                                || lacksTime(person, people)))
        .map(ResponseParser::listed)
        .toList();
  }

  private static boolean lacksTime(JsonNode person, List<JsonNode> all) {
    return person.has("signed_at")
        && !isGiven(person.path("signed_at"))
        && all.stream().anyMatch(ResponseParser::hasTime);
  }

  /** The name of a listed person; empty if there is none. */
  private static String listed(JsonNode person) {
    return Objects.requireNonNullElse(
        person(person.has("signed_by") ? person.path("signed_by") : person), "");
  }

  /**
   * People without a time have not signed, unless SignSpace gives no times at all, and their count,
   * or else the status, says that all have. Those who are marked as having declined, or as not
   * having signed, have not.
   */
  private static @Nullable List<Signature> signatures(JsonNode task, SigningStatus status) {
    JsonNode signed = task.path("signed_data");
    if (signed.isMissingNode() || signed.isNull()) {
      return null;
    }
    List<JsonNode> entries =
        elements(signed).filter(one -> !(one.isObject() && one.isEmpty())).toList();
    List<JsonNode> listed =
        entries.stream()
            .filter(one -> !PersonMarkers.hasDeclined(one))
            .filter(one -> !PersonMarkers.hasNotSigned(one, entries))
            .toList();
    List<JsonNode> withTime = listed.stream().filter(ResponseParser::hasTime).toList();
    if (withTime.isEmpty()) {
      withTime = listed.stream().filter(one -> isGiven(one.path("signed_at"))).toList();
    }
    Integer completed = count(task.path("signatures_completed_count"));
    boolean haveAllSigned =
        completed == null
            ? status == SigningStatus.COMPLETE
                && listed.stream().noneMatch(one -> one.has("signed_at"))
            : completed >= listed.size();
    return (withTime.isEmpty() && haveAllSigned ? listed : withTime)
        .stream().map(ResponseParser::signature).toList();
  }

  private static boolean hasTime(JsonNode signed) {
    return time(signed) != null;
  }

  private static @Nullable Instant time(JsonNode signed) {
    Instant time = LenientDateParser.read(signed.path("signed_at"));
    return time != null && isPlausible(time) ? time : null;
  }

  private static boolean isPlausible(Instant time) {
    return time.isAfter(EARLIEST) && time.isBefore(LATEST);
  }

  private static boolean isGiven(JsonNode time) {
    Instant read = LenientDateParser.read(time);
    return !NO_TIME.matcher(time.asText("")).matches()
        && time.asBoolean(true)
        && (read == null || isPlausible(read));
  }

  private static Signature signature(JsonNode signed) {
    return new Signature(
        person(signed.isObject() ? signed.path("signed_by") : signed), time(signed));
  }

  /** A handle or a name, plain or in an object; of a name with an address, the address. */
  private static @Nullable String person(JsonNode by) {
    return Stream.of(
            by, by.path("handle"), by.path("email"), by.path("display_name"), by.path("name"))
        .map(ResponseParser::text)
        .filter(Objects::nonNull)
        .findFirst()
        .map(name -> Handles.addressIn(name).orElse(name))
        .orElse(null);
  }

  /** The created object: plain, as the only element of a list, or wrapped. */
  private static JsonNode created(JsonNode response) {
    if (response.isArray()) {
      return response.size() == 1 ? response.get(0) : MissingNode.getInstance();
    }
    if (!id(response).isEmpty()) {
      return response;
    }
    return WRAPPERS.stream()
        .map(response::path)
        .filter(JsonNode::isContainerNode)
        .findFirst()
        .map(ResponseParser::created)
        .orElse(response);
  }

  private static List<String> ids(JsonNode files) {
    // one file that is listed twice must not count as two signed documents
    return elements(files)
        .map(file -> file.isObject() ? id(file) : scalar(file))
        .filter(id -> !id.isEmpty())
        .distinct()
        .toList();
  }

  /** The id of an object, empty if it has none; also accepts MongoDB's {@code {"$oid": …}}. */
  private static String id(JsonNode object) {
    return Stream.of("_id", "id")
        .map(object::path)
        .map(id -> scalar(id.isObject() ? id.path("$oid") : id))
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String scalar(JsonNode node) {
    return node.isTextual() || node.isNumber()
        ? UNSTORABLE.matcher(node.asText().strip()).replaceAll("\uFFFD")
        : "";
  }

  /** SignSpace may name a signer with a personal identity code; what was sent contains none. */
  private static @Nullable String text(JsonNode node) {
    return nonEmpty(PersonalIdentityCode.maskedIfIn(scalar(node)));
  }

  private static @Nullable String nonEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Integer count(JsonNode node) {
    Matcher count = COUNT.matcher(scalar(node));
    return count.matches() ? Integer.valueOf(count.group(1)) : null;
  }

  /** The elements of a list; a single value counts as a list of one, null as an empty list. */
  private static Stream<JsonNode> elements(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().filter(element -> !element.isNull());
    }
    return node.isMissingNode() || node.isNull() ? Stream.empty() : Stream.of(node);
  }
}
