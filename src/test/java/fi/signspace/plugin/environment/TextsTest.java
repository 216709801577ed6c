package fi.signspace.plugin.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {

  private static final String ENGLISH = "_en.properties";

  static List<String> bundles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/texts"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(ENGLISH))
          .map(name -> name.substring(0, name.length() - ENGLISH.length()))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void every_language_has_the_same_sentences(String bundle) {
    List<String> english = keys(bundle, Locale.ENGLISH);

    assertThat(Texts.LANGUAGES).allSatisfy(it -> assertThat(keys(bundle, it)).isEqualTo(english));
    assertThat(english).isNotEmpty();
  }

  private static List<String> keys(String bundle, Locale language) {
    return ResourceBundle.getBundle("texts/" + bundle, language).keySet().stream()
        .sorted()
        .toList();
  }
}
