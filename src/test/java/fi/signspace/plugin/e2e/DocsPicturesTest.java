package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The docs show exactly the screenshots of {@link PicturesTest}. */
class DocsPicturesTest {

  private static final Path IMAGES = Path.of("docs", "images");

  @Test
  void every_picture_of_the_docs_is_renewed_with_the_others() throws IOException {
    try (Stream<Path> files = Files.walk(IMAGES)) {
      assertThat(files.map(file -> IMAGES.relativize(file).toString()))
          .filteredOn(name -> name.endsWith(".png"))
          .containsExactlyInAnyOrder(
              "case-start.png",
              "tasklist.png",
              "case-manage.png",
              "case-problem.png",
              "case-signed.png",
              "cockpit-tab.png",
              "cockpit-dashboard.png",
              "admins/incident.png",
              "admins/history.png",
              "analysts/start.png",
              "analysts/approve.png",
              "analysts/running.png",
              "api/page.png",
              "lists/batch.png",
              "lists/errors.png",
              "lists/preview.png",
              "lists/progress.png");
    }
  }
}
