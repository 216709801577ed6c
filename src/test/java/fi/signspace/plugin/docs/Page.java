package fi.signspace.plugin.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page of the project, as GitHub shows it. */
record Page(Path file) {

  private static final Pattern CODE = Pattern.compile("(?ms)^ *(```|~~~).*?^ *\\1$|`[^`\n]*`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *(```|~~~).*?^ *\\1$");

  static Stream<Page> all() throws IOException {
    try (Stream<Path> folders = Stream.of(Path.of("docs"), Path.of("processes"))) {
      return Stream.concat(folders.flatMap(Page::tree), files(Path.of("."), 1))
          .map(Page::new)
          .toList()
          .stream();
    }
  }

  private static Stream<Path> tree(Path folder) {
    return files(folder, Integer.MAX_VALUE);
  }

  private static Stream<Path> files(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .map(Path::normalize)
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("node_modules"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String title() {
    return headings().get(0);
  }

  /** The targets of its links and pictures, those in code left out. */
  List<String> links() {
    return LINK.matcher(CODE.matcher(text()).replaceAll(""))
        .results()
        .map(link -> link.group(1))
        .toList();
  }

  /** What a link can jump to. */
  List<String> anchors() {
    Map<String, Integer> used = new HashMap<>();
    return headings().stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1"))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .map(
            anchor -> {
              int before = used.merge(anchor, 1, Integer::sum) - 1;
              return before == 0 ? anchor : anchor + "-" + before;
            })
        .toList();
  }

  private List<String> headings() {
    return HEADING
        .matcher(FENCE.matcher(text()).replaceAll(""))
        .results()
        .map(heading -> heading.group(1))
        .toList();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
