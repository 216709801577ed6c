package fi.signspace.plugin.signing.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.input.ActingHandles;
import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.input.Validation;
import fi.signspace.plugin.signing.input.ValidationRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** User input from {@code text-rules.json} and generated, with the server's verdicts. */
public final class TextExamples {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final RequestValidator VALIDATOR =
      new RequestValidator(
          new ValidationRules(Clock.systemUTC(), ZoneOffset.UTC, 1_000, ActingHandles.any()));

  private static final Pattern NAMED =
      Pattern.compile("(invisible|half a|the) character,? (U\\+\\w+)");

  private static final String CODE = "131052-308T";

  /** Separators that people and programs insert. */
  private static final List<String> ODD =
      List.of(
          " ", "\u00a0", "\t", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u202c",
          "\ufe0f", "\u3164", "\u034f", "\u0301", "\u094d", "\ud83d", "\ude00", "\ufffd", "😀",
          "\u0000", "-", "\u2011", "\u2013", "\u2212", "\uff0d", "+", "_", ".", ":", "/", "\\", "%",
          "@", "\uff20", ",", ";", "<", "(", "\"", "'", "0", "7", "\uff17", "\u0667", "a", "A", "Y",
          "ä", "ß", "İ", "ı", "न", "x.fi", "131052", "308T", "\\u002d", "%2D");

  private TextExamples() {}

  /** The rows of a table. */
  static Stream<JsonNode> rows(String table) {
    return StreamSupport.stream(tables().get(table).spliterator(), false);
  }

  public static JsonNode tables() {
    try (InputStream file = TextExamples.class.getResourceAsStream("/text-rules.json")) {
      return JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In ASCII, so that unpaired surrogates reach a browser. */
  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Addresses, titles and codes with up to three unusual insertions each; deterministic per seed.
   */
  public static List<String> generated(int seed, int number) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      StringBuilder text =
          new StringBuilder(
              switch (i % 4) {
                case 0 -> "anna.m@mail.example.fi";
                case 1 -> "Lease 12";
                case 2 -> CODE;
                default -> "";
              });
      for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
        text.insert(random.nextInt(text.length() + 1), ODD.get(random.nextInt(ODD.size())));
      }
      if (i % 3 == 0 && !text.isEmpty()) {
        text.deleteCharAt(random.nextInt(text.length()));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /** The verdict on an e-mail address as a keyword; "" if it is valid. */
  public static String verdictOnEmail(String text) {
    return verdict("Title", text);
  }

  /** The verdict on a title as a keyword; "" if it is valid. */
  public static String verdictOnTitle(String text) {
    return verdict(text, "anna@example.com");
  }

  /** The normalized code for an input, "" if it is invalid. */
  public static String code(String typed) {
    String code = PersonalIdentityCode.normalized(typed);
    return PersonalIdentityCode.isValid(code) ? code : "";
  }

  static SigningRequest valid(String title, String handle) {
    return ((Validation.Valid) validation(title, handle)).request();
  }

  private static String verdict(String title, String handle) {
    return validation(title, handle) instanceof Validation.Invalid invalid
        ? word(invalid.problems().get(0).message())
        : "";
  }

  private static Validation validation(String title, String handle) {
    return VALIDATOR.validate(
        Map.of(
            "title", title, "participants", List.of(Map.of("handle", handle, "role", "signer"))));
  }

  private static String word(String message) {
    Matcher named = NAMED.matcher(message);
    if (named.find()) {
      return (named.group(1).equals("invisible") ? "invisible " : "character ") + named.group(2);
    }
    return Stream.of("missing", "code", "long", "wrong")
        .filter(word -> message.contains(WORDS.get(word)))
        .findFirst()
        .orElse(message);
  }

  private static final Map<String, String> WORDS =
      Map.of(
          "missing", "is missing",
          "code", "contains a personal identity code",
          "long", "shorten it to",
          "wrong", "is not an e-mail address");
}
