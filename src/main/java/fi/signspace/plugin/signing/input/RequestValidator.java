package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.DocumentMetadata;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.input.ParticipantReader.Listed;
import fi.signspace.plugin.signing.input.Validation.Invalid;
import fi.signspace.plugin.signing.input.Validation.Valid;
import fi.signspace.plugin.signing.text.DisplayText;
import fi.signspace.plugin.signing.text.Handles;
import fi.signspace.plugin.signing.text.TextRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Validates the start variables and converts them to a signing request, or reports all problems at
 * once. SignSpace's guide documents no limits; the rules are:
 *
 * <ul>
 *   <li>a title of at most 500 characters; 1 to 100 documents, each with a name and content, none
 *       above the limit;
 *   <li>at least one signer; every participant has an e-mail address and a role, no duplicates, no
 *       unknown fields;
 *   <li>positions are whole numbers from 1: every signer has one if the order is respected, none
 *       otherwise;
 *   <li>personal identity codes are valid, belong to signers and protect the request; the names of
 *       a protected request's signers have two words;
 *   <li>the acting handle is allowed;
 *   <li>options have a value known to SignSpace; the due date is in the future, within ten years;
 *       owners are e-mail addresses or groups; metadata has a template; the status check interval
 *       and the times of reminders are from one second to 365 days; an escalation has a time and a
 *       group or user; the requester is an e-mail address.
 * </ul>
 *
 * <p>Null and blank values are absent. Text is stripped of blanks and invisible characters at its
 * ends, and otherwise unchanged. A message never contains a personal identity code. {@link
 * TextRules} defines what text must not contain.
 */
public final class RequestValidator {

  /** The maximum number of documents in a request. */
  public static final int MAX_DOCUMENTS = 100;

  /** In characters as perceived by the user. */
  public static final int MAX_TITLE = 500;

  private final ValidationRules rules;

  public RequestValidator(ValidationRules rules) {
    this.rules = rules;
  }

  /**
   * Validates the complete input; never throws because of the input.
   *
   * @param values the start variables, by name, without the documents
   * @param documents the metadata of the documents
   */
  public Validation validate(
      Map<String, ? extends @Nullable Object> values, List<DocumentMetadata> documents) {
    Validation request = validate(values);
    List<FieldError> problems = new ArrayList<>(validateDocuments(documents));
    if (request instanceof Invalid invalid) {
      problems.addAll(invalid.problems());
    }
    return problems.isEmpty() ? request : new Invalid(problems);
  }

  /** Validates the documents of an upload, and the acting handle. */
  public List<FieldError> validateUpload(
      Map<String, ? extends @Nullable Object> values, List<DocumentMetadata> documents) {
    List<FieldError> problems = new ArrayList<>(validateDocuments(documents));
    actingHandle(new InputReader(values, problems));
    return problems;
  }

  /** Validates the documents alone. */
  public List<FieldError> validateDocuments(List<DocumentMetadata> documents) {
    List<FieldError> problems = new ArrayList<>();
    new DocumentRules(rules.longestDocument())
        .check(documents, new InputReader(Map.of(), problems));
    return problems;
  }

  /** Returns the chosen notices; invalid values follow the configuration. */
  public NoticeOptions notices(Map<String, ? extends @Nullable Object> values) {
    return NoticeOptions.read(new InputReader(values, new ArrayList<>()));
  }

  /** Validates everything but the documents. */
  public Validation validate(Map<String, ? extends @Nullable Object> values) {
    List<FieldError> problems = new ArrayList<>();
    InputReader start = new InputReader(values, problems);
    String title = title(start);
    SigningRequest request = request(title, start);
    start.duration("statusCheckInterval", "a time between two checks");
    checkRequester(start);
    NoticeOptions.read(start);
    return problems.isEmpty() ? new Valid(request) : new Invalid(problems);
  }

  private SigningRequest request(String title, InputReader start) {
    List<Listed> listed = ParticipantReader.read(start);
    ParticipantRules together = new ParticipantRules(start, listed);
    together.checkHasSigner();
    together.checkNoDuplicates();
    Map<StartOption, Object> options = options(start);
    together.checkOrder((Boolean) options.get(StartOption.PARTICIPANTS_LIST_ORDER_RESPECTED));
    boolean isProtected = together.checkProtection(start.flag("isProtected"));
    return new SigningRequest(
        actingHandle(start),
        title,
        listed.stream().map(Listed::participant).toList(),
        DueDate.read(start, rules),
        isProtected,
        ownersHandles(start),
        MetadataReader.read(start),
        options);
  }

  private static Map<StartOption, Object> options(InputReader start) {
    Map<StartOption, Object> given = new EnumMap<>(StartOption.class);
    for (StartOption option : StartOption.forwarded()) {
      Object value = start.value(option);
      if (value != null) {
        given.put(option, value);
      }
    }
    return given;
  }

  private static String title(InputReader start) {
    if (start.isAbsent("title")) {
      start.problem("title", "The title is missing; say in a few words what is to be signed.");
    }
    int length = start.any("title") instanceof String given ? TextRules.length(given) : 0;
    if (length > MAX_TITLE) {
      start.problem(
          "title",
          "The title has %s characters; shorten it to %s at most.".formatted(length, MAX_TITLE));
      return "";
    }
    return Objects.requireNonNullElse(start.line("title"), "");
  }

  private String actingHandle(InputReader start) {
    String handle = start.word("actingHandle");
    if (handle == null && !start.isAbsent("actingHandle")) {
      return "";
    }
    if (handle == null) {
      return rules.actingHandles().byDefault();
    }
    if (!Handles.isEmail(handle) && !Handles.isId(handle)) {
      start.problem(
          "actingHandle",
          "%s is neither an e-mail address nor an id; %s."
              .formatted(DisplayText.quoted(handle), Handles.EMAIL_EXAMPLE));
    } else if (!rules.actingHandles().includes(handle)) {
      start.problem(
          "actingHandle",
          "%s may not act in SignSpace for this installation; allowed: %s."
              .formatted(
                  DisplayText.quoted(handle), String.join(", ", rules.actingHandles().allowed())));
    }
    return handle;
  }

  private static List<String> ownersHandles(InputReader start) {
    List<String> owners = new ArrayList<>();
    int index = 0;
    for (Object value : start.list("ownersHandles")) {
      Object owner = InputReader.given(value);
      String place = "ownersHandles[" + index + "]";
      String handle = owner instanceof String text ? TextRules.composed(text) : "";
      if (Handles.isEmail(handle) || Handles.isGroup(handle)) {
        owners.add(handle);
      } else if (owner != null && start.isClear(place, handle, TextRules.invisibleIn(handle))) {
        start.problem(
            place,
            "Owner %s: %s is neither an e-mail address nor a group; write it like name@example.com"
                    .formatted(index + 1, DisplayText.quoted(owner))
                + " or like group:63a199d56cd3aa8f6875e3b3.");
      }
      index++;
    }
    return owners;
  }

  private static void checkRequester(InputReader start) {
    String requester = start.word("requester");
    if (requester != null && !Handles.isEmail(requester)) {
      start.problem(
          "requester",
          "%s is not an e-mail address; %s."
              .formatted(DisplayText.quoted(requester), Handles.EMAIL_EXAMPLE));
    }
  }
}
