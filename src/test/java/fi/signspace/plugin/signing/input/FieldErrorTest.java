package fi.signspace.plugin.signing.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldErrorTest {

  @Test
  void every_problem_has_a_line_that_names_its_field() {
    List<FieldError> problems =
        List.of(
            new FieldError("title", "The title is missing."),
            new FieldError("dueDate", "The due date has passed."));

    String text = FieldError.text(problems);

    assertThat(text).isEqualTo("title: The title is missing.\ndueDate: The due date has passed.");
  }

  @Test
  void problems_that_do_not_fit_are_counted() {
    List<FieldError> problems =
        IntStream.range(0, 100).mapToObj(i -> new FieldError("field" + i, "x".repeat(91))).toList();

    String text = FieldError.text(problems);

    List<String> lines = text.lines().toList();
    assertThat(text).hasSizeLessThanOrEqualTo(4000).hasSizeGreaterThan(3800);
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("… and " + (100 - (lines.size() - 1)) + " more");
  }

  @Test
  void a_long_message_is_truncated_to_leave_room_for_others() {
    List<FieldError> problems =
        List.of(new FieldError("title", "😀".repeat(3000)), new FieldError("dueDate", "passed"));

    String text = FieldError.text(problems);

    assertThat(text).hasSizeLessThanOrEqualTo(4000).startsWith("title: 😀").endsWith("passed");
  }

  @Test
  void without_problems_the_text_is_empty() {
    String text = FieldError.text(List.of());

    assertThat(text).isEmpty();
  }
}
