package fi.signspace.plugin.engine.nin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextGuardTest {

  private static FileValue file(String encoding) {
    return Variables.fileValue("lease.pdf").file(new byte[1]).encoding(encoding).create();
  }

  /** Each download of it would be HTTP 500. */
  @ParameterizedTest
  @ValueSource(strings = {"utf-8\"; x", "utf-8\r\nX: y", "\u20ac", "utf 8"})
  void a_file_with_an_encoding_that_cannot_be_a_header_is_refused(String encoding) {
    assertThatThrownBy(() -> TextGuard.check("document1", file(encoding)))
        .isInstanceOf(RefusedValueException.class)
        .hasMessageStartingWith(
            "document1: The encoding of the file is no name of a character set; leave it out.");
    assertThatThrownBy(() -> TextGuard.check("other", file(encoding)))
        .isInstanceOf(RefusedValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "utf-16", "binary", ""})
  void any_other_encoding_is_kept(String encoding) {
    assertThatCode(() -> TextGuard.check("document1", file(encoding))).doesNotThrowAnyException();
  }
}
