package fi.signspace.plugin.engine.nin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictFileTypeTest {

  private final StrictFileType type = new StrictFileType();

  @ParameterizedTest
  @ValueSource(strings = {"JVBERi0+Pz8/Cg==", "JVBERi0+\r\nPz8/Cg==\r\n", "JVBERi0+\nPz8/Cg=="})
  void base64_is_decoded(String content) throws IOException {
    FileValue file = (FileValue) type.createValue(content, Map.of("filename", "a.pdf"));

    assertThat(file.getValue().readAllBytes()).isEqualTo("%PDF->???\n".getBytes(UTF_8));
    assertThat(file.getFilename()).isEqualTo("a.pdf");
  }

  @ParameterizedTest
  @CsvSource({",a.pdf", "JVBERi0=,"})
  void an_incomplete_file_is_rejected_with_what_it_needs(
      @Nullable String content, @Nullable String name) {
    Map<String, Object> info = new HashMap<>();
    info.put("filename", name);

    assertThatThrownBy(() -> type.createValue(content, info))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("valueInfo.filename");
    assertThatThrownBy(() -> type.createValue("JVBERi0=", null))
        .isInstanceOf(InvalidRequestException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:application/pdf;base64,JVBERi0+Pz8/Cg==",
        "JVBERi0-Pz8_Cg==",
        "JVBERi0+Pz8/Cg",
        "not base64",
        "%PDF-1.4",
        "JVBERi0+ Pz8/Cg==",
        "JVBERi0+Pz8/Cg==JVBERi0+",
        "\u00e4\u00e4\u00e4\u00e4"
      })
  void anything_else_is_rejected_and_the_file_is_named(String content) {
    assertThatThrownBy(() -> type.createValue(content, Map.of("filename", "131052-308T lease.pdf")))
        .hasMessageContaining("*** lease.pdf is not Base64")
        .hasMessageNotContaining(content);
  }
}
