package fi.signspace.plugin.engine.security.command;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forms send only variables that a clerk may write: the current forms and those of each former
 * version, which open tasks still use. The test analyzes the source code of the forms without a
 * browser.
 */
class FormVariablesTest {

  private static final Path FORMER_VERSIONS = Path.of("src/test/resources/upgrade");
  private static final String MODEL = "processes/signing-request.bpmn";

  private static final Pattern USER_TASK =
      Pattern.compile("<bpmn:userTask id=\"(\\w+)\"[^>]*formKey=\"embedded:deployment:([^\"]+)\"");
  private static final Pattern CHOICE = Pattern.compile("page\\.(?:decide|send)\\('(\\w+)'\\)");

  /** The resources of one deployment, by name. */
  record Version(Map<String, String> files) {

    String file(String name) {
      return files.getOrDefault(name, "");
    }

    String code() {
      StringBuilder code = new StringBuilder();
      files.forEach((name, text) -> code.append(name.endsWith(".js") ? text : ""));
      return code.toString();
    }
  }

  static Stream<Named<Version>> versions() throws IOException {
    List<Named<Version>> versions = new ArrayList<>(List.of(Named.of("current", current())));
    try (Stream<Path> folders = Files.list(FORMER_VERSIONS).filter(Files::isDirectory)) {
      folders.forEach(
          folder ->
              versions.add(
                  Named.of(
                      String.valueOf(folder.getFileName()),
                      former(folder.resolve("database.sql.gz")))));
    }
    assertThat(versions).hasSizeGreaterThan(1);
    return versions.stream();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void a_form_sends_only_what_a_clerk_may_write(Version version) {
    Map<String, String> forms = groups(USER_TASK, version.file(MODEL));

    assertThat(forms).hasSizeBetween(4, 5);
    forms.forEach(
        (task, form) -> {
          Set<String> sent = sent(version, version.file(form));
          assertThat(sent).as(form).contains("decision");
          assertThat(sent)
              .as("%s of %s", form, task)
              .allMatch(name -> WritableVariables.ofUserTask(task).contains(name));
        });
    assertThat(sent(version, version.file(forms.get("userTask_correctRequest"))))
        .contains("title", "participants", "dueDate", "signatureStrength", "document1");
  }

  /** The limits of this analysis: other ways of sending variables would go unnoticed. */
  @ParameterizedTest
  @MethodSource("versions")
  void variables_are_created_only_in_the_analyzed_places(Version version) {
    String code = version.code();

    assertThat(matches("createVariable\\(", code)).hasSize(1);
    assertThat(matches("page\\.outgoing = await variablesFor\\(decision\\)", code)).hasSize(1);
    assertThat(matches("variables\\.push\\(", version.file("forms/signing-forms.js"))).hasSize(3);
    assertThat(matches("variables\\.push\\(", version.file("forms/signing-documents.js")))
        .hasSize(2);
    assertThat(version.files().values()).noneMatch(text -> text.contains("cam-variable-name"));
  }

  private static Set<String> sent(Version version, String form) {
    Set<String> decisions = new TreeSet<>();
    matches(CHOICE.pattern(), form).forEach(match -> decisions.add(match.group(1)));
    Set<String> sent = new TreeSet<>(List.of("decision"));
    if (decisions.contains("retry")) {
      sent.addAll(requestVariables(version.file("forms/signing-request.js")));
    }
    if (decisions.contains("retry") || decisions.contains("replaceDocuments")) {
      sent.addAll(List.of("document1", "document100"));
    }
    return sent;
  }

  /** The keys of the start variables, choices, words and switches. */
  private static Set<String> requestVariables(String code) {
    Set<String> names = new TreeSet<>();
    for (String part : List.of("const wanted = \\{", "signing\\.CHOICES = \\{")) {
      String body = matches(part + "(.*?)\n *};", code).get(0).group(1);
      matches("\n *(\\w+): \\[", body).forEach(key -> names.add(key.group(1)));
    }
    matches("signing\\.(?:SWITCHES|WORDS) = \\[(.*?)]", code)
        .forEach(
            list -> matches("'(\\w+)'", list.group(1)).forEach(name -> names.add(name.group(1))));
    return names;
  }

  private static Map<String, String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().collect(toMap(m -> m.group(1), m -> m.group(2)));
  }

  private static List<MatchResult> matches(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results().toList();
  }

  private static Version current() throws IOException {
    Map<String, String> files = new LinkedHashMap<>(Map.of(MODEL, Models.current()));
    try (Stream<Path> forms = Files.list(Path.of("forms")).filter(Files::isRegularFile)) {
      for (Path form : forms.toList()) {
        files.put("forms/" + form.getFileName(), Files.readString(form));
      }
    }
    return new Version(files);
  }

  /** Reads them from the recorded database. */
  private static Version former(Path script) {
    Map<String, String> files = new LinkedHashMap<>();
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = database.createStatement()) {
      statement.execute("RUNSCRIPT FROM '%s' COMPRESSION GZIP".formatted(script.toAbsolutePath()));
      try (ResultSet found =
          statement.executeQuery(
              """
              select NAME_, BYTES_ from ACT_GE_BYTEARRAY where NAME_ = '%s'
              or NAME_ like 'forms/%%' and NAME_ not like 'forms/examples/%%'\
              """
                  .formatted(MODEL))) {
        while (found.next()) {
          files.put(found.getString(1), new String(found.getBytes(2), StandardCharsets.UTF_8));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Version(files);
  }
}
