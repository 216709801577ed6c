package fi.signspace.plugin.engine.nin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.variable.Variables.doubleValue;
import static org.camunda.bpm.engine.variable.Variables.fileValue;
import static org.camunda.bpm.engine.variable.Variables.stringValue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextGuardTest {

  private static FileValue file(String encoding) {
    return fileValue("lease.pdf").file(new byte[1]).encoding(encoding).create();
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

  private static Stream<Arguments> refused() {
    return Stream.of(
        arguments("x".repeat(256), stringValue("a"), "variables: The name of a variable has more"),
        arguments("a\0", stringValue("a"), "variables: The name of a variable contains the char"),
        arguments("131052-308T", stringValue("a"), "variables: The name of a variable contains a "),
        arguments("number", doubleValue(Double.NaN), "number: The number is too large, or no num"),
        arguments(
            "document1",
            fileValue("a.pdf").mimeType("a/" + "x".repeat(4000)).file(new byte[1]).create(),
            "document1: The media type of the file has more than 1000 characters; leave it out."),
        arguments(
            "other",
            file("x".repeat(101)),
            "other: The encoding of the file has more than 100 characters; leave it out."),
        arguments(
            "other", file("131052-308T"), "other: The encoding of the file contains a personal"),
        arguments(
            "other",
            fileValue("a.pdf").mimeType("a/131052-308T").file(new byte[1]).create(),
            "other: The media type of the file contains a personal identity code; leave it out."));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("refused")
  void refused_values_are_named(String variable, TypedValue value, String message) {
    assertThatThrownBy(() -> TextGuard.check(variable, value))
        .isInstanceOf(RefusedValueException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("308T");
  }

  @Test
  void a_value_without_a_name_is_checked_by_its_text_only() {
    assertThatCode(() -> TextGuard.check(null, stringValue("a"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> TextGuard.check(null, stringValue("a\0")))
        .isInstanceOf(RefusedValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "utf-16", "binary", ""})
  void any_other_encoding_is_kept(String encoding) {
    assertThatCode(() -> TextGuard.check("document1", file(encoding))).doesNotThrowAnyException();
  }
}
