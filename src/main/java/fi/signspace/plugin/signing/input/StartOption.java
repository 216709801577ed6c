package fi.signspace.plugin.signing.input;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An option of the caller who starts a signing request: every start variable except the documents.
 * The names of variables and of SignSpace's parameters follow from the names of the constants. The
 * validator, the payload, the permissions, the API's schema and the columns of a list derive from
 * this definition; the forms and the element template are compared with it by tests.
 */
public enum StartOption {
  TITLE(Type.TEXT, Use.MANDATORY),
  PARTICIPANTS(Type.LIST, Use.MANDATORY),
  DESCRIPTION(Type.TEXT, Use.FORWARDED),
  RECIPIENT_LANGUAGE(Use.FORWARDED, "en", "fi", "sv"),
  SIGNATURE_STRENGTH(Use.FORWARDED, "light", "strong"),
  INVITATION_TYPE(Use.FORWARDED, "default_signing", "force_swr"),
  METADATA_TEMPLATE(Type.WORD, Use.FORWARDED),
  ACTING_HANDLE(Type.WORD, Use.OWN_RULE),
  DUE_DATE(Type.DATE, Use.OWN_RULE),
  PARTICIPANTS_LIST_ORDER_RESPECTED(Type.FLAG, Use.FORWARDED),
  SIGNING_DISCUSSION_DISABLED(Type.FLAG, Use.FORWARDED),
  OVERDUE_SIGNING_DISABLED(Type.FLAG, Use.FORWARDED),
  CANNOT_SIGN_DISABLED(Type.FLAG, Use.FORWARDED),
  IS_PROTECTED(Type.FLAG, Use.OWN_RULE),
  OWNERS_HANDLES(Type.LIST, Use.OWN_RULE),
  METADATA(Type.OBJECT, Use.OWN_RULE),
  STATUS_CHECK_INTERVAL(Type.DURATION, Use.OWN_RULE),
  REQUESTER(Type.WORD, Use.OWN_RULE),
  REMINDERS(Type.OBJECT, Use.NOTICE),
  ESCALATE_AFTER(Type.DURATION, Use.NOTICE),
  ESCALATE_TO(Type.WORD, Use.NOTICE);

  /** How a value is read, and its schema. */
  public enum Type {
    /** For people, with any number of lines. */
    TEXT,
    /** Compared or used as a key. */
    WORD,
    CHOICE,
    FLAG,
    /** A date or a time, ISO 8601. */
    DATE,
    /** ISO 8601. */
    DURATION,
    LIST,
    OBJECT
  }

  /** What happens to a value. */
  enum Use {
    MANDATORY,
    /** It is validated by its type alone and sent to SignSpace. */
    FORWARDED,
    /** {@link RequestValidator} has a rule for it. */
    OWN_RULE,
    /** The same; {@code signing-request} alone reads it, since no other process gives notices. */
    NOTICE
  }

  private final Type type;
  private final Use use;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> choices;

  private final String variable;

  StartOption(Type type, Use use) {
    this(type, use, List.of());
  }

  StartOption(Use use, String... choices) {
    this(Type.CHOICE, use, List.of(choices));
  }

  StartOption(Type type, Use use, List<String> choices) {
    this.type = type;
    this.use = use;
    this.choices = choices;
    this.variable = camelCase(name());
  }

  private static String camelCase(String constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.split("_", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      name.append(
          name.isEmpty()
              ? lower
              : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
    }
    return name.toString();
  }

  public static List<StartOption> all() {
    return List.of(values());
  }

  static List<StartOption> forwarded() {
    return Arrays.stream(values()).filter(option -> option.use == Use.FORWARDED).toList();
  }

  /** The name of the variable, the API's field and the column of a list. */
  public String variable() {
    return variable;
  }

  /** The name of SignSpace's parameter. */
  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Type type() {
    return type;
  }

  /** The values of a {@link Type#CHOICE}. */
  public List<String> choices() {
    return choices;
  }

  public boolean isMandatory() {
    return use == Use.MANDATORY;
  }

  /** Whether it concerns the notices that {@code signing-request} gives. */
  public boolean isForNotices() {
    return use == Use.NOTICE;
  }

  /** Whether the value is a list or an object, which may also be given as JSON text. */
  public boolean isJson() {
    return type == Type.LIST || type == Type.OBJECT;
  }
}
