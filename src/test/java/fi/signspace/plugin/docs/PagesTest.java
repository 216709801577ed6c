package fi.signspace.plugin.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page points to is there. */
class PagesTest {

  private static final Path ROOT = Path.of("");
  private static final Path DECISIONS = Path.of("docs", "adr");
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Pattern DECISION = Pattern.compile("(?m)^(\\d+)\\. \\[(.*)]\\((.*)\\)$");
  private static final Pattern NAMED_PAGE = Pattern.compile("docs/[\\w/-]+\\.md");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w+)`");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^  (\\w+)/ {2,}");

  static Stream<Page> pages() throws IOException {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_leads_to_a_file_and_to_a_heading_of_it(Page page) {
    assertThat(page.links())
        .filteredOn(link -> !link.matches("(https?|mailto):.*"))
        .allSatisfy(
            link -> {
              String[] parts = link.split("#", 2);
              Path target =
                  parts[0].isEmpty()
                      ? page.file()
                      : ROOT.resolve(page.file().resolveSibling(parts[0]));
              assertThat(target).exists();
              if (parts.length == 2) {
                assertThat(new Page(target).anchors()).contains(parts[1]);
              }
            });
  }

  @Test
  void the_readme_is_read_within_a_minute() {
    assertThat(new Page(Path.of("README.md")).text().lines()).hasSizeLessThanOrEqualTo(90);
  }

  @Test
  void the_index_of_decisions_has_every_decision_by_its_title() throws IOException {
    try (Stream<Path> files = Files.list(DECISIONS)) {
      List<String> decisions =
          files
              .filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md"))
              .sorted()
              .map(file -> new Page(file).title() + " " + file.getFileName())
              .toList();

      Matcher entries = DECISION.matcher(new Page(DECISIONS.resolve("README.md")).text());

      assertThat(entries.results().map(e -> e.group(1) + ". " + e.group(2) + " " + e.group(3)))
          .isNotEmpty()
          .containsExactlyElementsOf(decisions);
    }
  }

  @Test
  void every_page_that_code_and_scripts_name_exists() {
    assertThat(Stream.of("src/main", "forms", "docker", ".ci").map(Path::of).flatMap(this::files))
        .flatMap(
            file -> NAMED_PAGE.matcher(text(file)).results().map(name -> name.group()).toList())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Path.of(name)).exists());
  }

  @Test
  void every_class_that_contributors_and_decisions_are_told_of_exists() throws IOException {
    List<String> classes =
        Stream.of("src/main", "src/test")
            .map(Path::of)
            .flatMap(this::files)
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .map(name -> name.substring(0, name.length() - ".java".length()))
            .toList();

    assertThat(pages())
        .filteredOn(p -> p.file().startsWith(DECISIONS) || p.toString().equals("CONTRIBUTING.md"))
        .flatMap(page -> CLASS.matcher(page.text()).results().map(name -> name.group(1)).toList())
        .isNotEmpty()
        .isSubsetOf(classes);
  }

  @Test
  void the_layout_has_every_package() throws IOException {
    String page = new Page(Path.of("CONTRIBUTING.md")).text();
    try (Stream<Path> packages = Files.list(MAIN.resolve("fi/signspace/plugin"))) {

      assertThat(packages.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              PACKAGE.matcher(page).results().map(row -> row.group(1)).toList());
    }
  }

  private Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*(\\.\\w+|run)"))
          .filter(file -> !file.toString().contains("node_modules"))
          .filter(Files::isRegularFile)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
