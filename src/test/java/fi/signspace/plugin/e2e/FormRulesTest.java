package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.signing.input.StartOption;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import fi.signspace.plugin.signing.text.TextExamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

/** The forms validate input like the server; tested in a browser without the application. */
class FormRulesTest {

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs the forms' code; a message is the key of its text and the arguments. */
  private static final String SET_UP =
      """
      const signing = (window.signing = {});
      arguments[0].forEach((code) => new Function('signing', code)(signing));
      signing.t = (...words) => words.join(' ');
      const words = { characterWrong: 'character', codeWrong: 'code', tooLong: 'long',
        handleMissing: 'missing', titleMissing: 'missing', handleWrong: 'wrong' };
      const judge = (change) => (text) => {
        const request = signing.requestFrom({ title: 'T', participants: [{ handle: 'a@b.fi', role: 'signer' }] });
        change(request, text);
        const [error = ''] = Object.values(signing.checkRequest(request));
        const [key, ...more] = error.split(' ');
        return [words[key] || key, ...(key === 'tooLong' ? [] : more)].join(' ');
      };
      window.judges = {
        email: judge((request, text) => (request.participants[0].handle = text)),
        title: judge((request, text) => (request.title = text)),
        code: (text) => {
          const code = signing.normalizedCode(text);
          return signing.isIdentityCode(code) ? code : '';
        },
        contains: (text) => String(signing.hasIdentityCode(text)),
        handle: signing.composed,
      };
      """;

  @BeforeAll
  static void load() throws IOException {
    List<String> codes = new ArrayList<>();
    for (String name : List.of("rules", "texts", "request", "encryption")) {
      codes.add(
          new ClassPathResource("forms/signing-" + name + ".js")
              .getContentAsString(StandardCharsets.UTF_8));
    }
    BROWSER.driver().get("about:blank");
    BROWSER.driver().executeScript(SET_UP, codes);
  }

  @Test
  @SuppressWarnings("unchecked")
  void the_form_has_every_start_option_with_its_choices() {
    var names = (List<String>) BROWSER.driver().executeScript("return signing.START");
    var choices =
        (Map<String, List<String>>)
            BROWSER
                .driver()
                .executeScript(
                    """
                    return Object.fromEntries(Object.entries(signing.CHOICES).map(([name, values]) =>
                      [name, values.map((value) => value || signing.DEFAULTS[name])]))\
                    """);

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            StartOption.all().stream().map(StartOption::variable).toList());
    StartOption.all().stream()
        .filter(option -> option.type() == StartOption.Type.CHOICE)
        .forEach(option -> assertThat(choices).containsEntry(option.variable(), option.choices()));
  }

  @Test
  void the_browser_agrees_with_the_table() {
    JsonNode tables = TextExamples.tables();

    expectInBrowser("email", column(tables, "emails", "text", "problem"));
    expectInBrowser("title", column(tables, "titles", "text", "problem"));
    expectInBrowser("code", column(tables, "codes", "typed", "as"));
    Map<String, String> contained = new LinkedHashMap<>();
    tables.get("hidden").forEach(text -> contained.put(text.asText(), "true"));
    tables.get("masked").forEach(text -> contained.put(text.asText(), "false"));
    tables.get("harmless").forEach(text -> contained.put(text.asText(), "false"));
    expectInBrowser("contains", contained);
    Map<String, String> titles = new LinkedHashMap<>();
    tables
        .get("longTitles")
        .forEach(
            row ->
                titles.put(
                    row.get("repeat").asText().repeat(row.get("times").asInt()),
                    row.path("problem").asText("")));
    expectInBrowser("title", titles);
    Map<String, String> handles = new LinkedHashMap<>();
    tables
        .get("emails")
        .forEach(
            row -> {
              if (row.has("as")) {
                handles.put(row.get("text").asText(), row.get("as").asText());
              }
            });
    expectInBrowser("handle", handles);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  void a_generated_text_gets_the_same_verdict_from_form_and_server(int seed) {
    List<String> texts = TextExamples.generated(seed, 2_000);

    expectInBrowser("email", verdicts(texts, TextExamples::verdictOnEmail));
    expectInBrowser("title", verdicts(texts, TextExamples::verdictOnTitle));
    expectInBrowser("code", verdicts(texts, TextExamples::code));
    expectInBrowser(
        "contains", verdicts(texts, text -> String.valueOf(PersonalIdentityCode.isIn(text))));
  }

  private static Map<String, String> column(
      JsonNode tables, String table, String input, String verdict) {
    Map<String, String> rows = new LinkedHashMap<>();
    tables
        .get(table)
        .forEach(row -> rows.put(row.get(input).asText(), row.path(verdict).asText("")));
    return rows;
  }

  private static Map<String, String> verdicts(List<String> texts, Function<String, String> judge) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    texts.forEach(text -> verdicts.put(text, judge.apply(text)));
    return verdicts;
  }

  /** In one call, as ASCII JSON: WebDriver loses unpaired surrogates. */
  private static void expectInBrowser(String judge, Map<String, String> expected) {
    List<String> texts = List.copyOf(expected.keySet());

    String verdicts =
        String.valueOf(
            BROWSER
                .driver()
                .executeScript(
                    "return JSON.stringify(JSON.parse(arguments[1]).map(window.judges[arguments[0]]))",
                    judge,
                    TextExamples.json(texts)));

    JsonNode actual = read(verdicts);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String wanted = expected.get(texts.get(i));
      if (!actual.get(i).asText().equals(wanted)) {
        differences.add(
            "%s: “%s” here, “%s” in the browser"
                .formatted(TextExamples.json(texts.get(i)), wanted, actual.get(i).asText()));
      }
    }
    assertThat(differences).as(judge).isEmpty();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(json, e);
    }
  }
}
