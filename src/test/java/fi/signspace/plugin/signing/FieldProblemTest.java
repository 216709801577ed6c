package fi.signspace.plugin.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldProblemTest {

  @Test
  void everyProblemHasALineThatNamesItsField() {
    List<FieldProblem> problems =
        List.of(
            new FieldProblem("title", "The title is missing."),
            new FieldProblem("dueDate", "The due date has passed."));

    String text = FieldProblem.text(problems);

    assertThat(text).isEqualTo("title: The title is missing.\ndueDate: The due date has passed.");
  }

  @Test
  void whatDoesNotFitIsCounted() {
    List<FieldProblem> problems =
        IntStream.range(0, 100)
            .mapToObj(i -> new FieldProblem("field" + i, "x".repeat(91)))
            .toList();

    String text = FieldProblem.text(problems);

    List<String> lines = text.lines().toList();
    assertThat(text).hasSizeLessThanOrEqualTo(4000).hasSizeGreaterThan(3800);
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("… and " + (100 - (lines.size() - 1)) + " more");
  }

  @Test
  void anEndlessMessageIsCutAndLeavesRoomForOthers() {
    List<FieldProblem> problems =
        List.of(
            new FieldProblem("title", "😀".repeat(3000)), new FieldProblem("dueDate", "passed"));

    String text = FieldProblem.text(problems);

    assertThat(text).hasSizeLessThanOrEqualTo(4000).startsWith("title: 😀").endsWith("passed");
  }

  @Test
  void noProblemIsNoText() {
    String text = FieldProblem.text(List.of());

    assertThat(text).isEmpty();
  }
}
