package fi.signspace.plugin.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Incident texts and log lines that the pages quote are those of the code. */
class MessagesTest {

  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (.+?) \\|");
  private static final Pattern LOG_LINE =
      Pattern.compile("(?m)^\\|.*\\| [^|]*?(?:ERROR|WARN|INFO|incident) `([^`]+)`");

  private static final Pattern INCIDENT =
      Pattern.compile(
          "new IncidentException\\(\\s*(?:\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\]|\\\\.)*)\")",
          Pattern.DOTALL);

  private static String code = "";

  /** The sources, with every text in one piece. */
  @BeforeAll
  static void readTheCode() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      code =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(MessagesTest::text)
              .collect(Collectors.joining("\n"))
              .replaceAll("\"\\s*\\+\\s*\"", "")
              .replaceAll("\\\\\\R\\s*", "");
    }
  }

  static List<String> incidents() {
    String page = text(Path.of("docs", "admins.md"));
    String table = page.substring(page.indexOf("| the message says |"));
    return FIRST_CELL
        .matcher(table.substring(0, table.indexOf("\n\n")))
        .results()
        .map(row -> row.group(1))
        .skip(2)
        .toList();
  }

  /** The texts of the code that ask for an admin. */
  static List<String> incidentTexts() {
    return INCIDENT
        .matcher(code)
        .results()
        .map(text -> text.group(1) == null ? text.group(2) : text.group(1))
        .map(text -> text.strip().replace("\\\"", "\"").replaceAll("\\s+", " "))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("incidentTexts")
  void an_incident_has_a_row_that_says_what_to_do(String text) {
    assertThat(
            incidents().stream()
                .flatMap(row -> Stream.of(row.split(" / ")))
                .map(MessagesTest::parts))
        .anyMatch(parts -> !parts.isEmpty() && parts.stream().allMatch(text::contains));
  }

  static List<String> logLines() {
    return LOG_LINE
        .matcher(text(Path.of("UPGRADING.md")))
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource({"incidents", "logLines"})
  void a_quoted_message_is_one_of_the_code(String message) {
    assertThat(parts(message)).allMatch(part -> code.contains(part));
  }

  /** What a quotation has in common with the text in the code. */
  private static List<String> parts(String quotation) {
    return Stream.of(quotation.split("…|`| / |\\d+|; |\\(HTTP", -1))
        .map(String::strip)
        .filter(part -> part.length() > 3)
        .toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
