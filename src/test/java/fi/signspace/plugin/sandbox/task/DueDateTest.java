package fi.signspace.plugin.sandbox.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueDateTest {

  @ParameterizedTest
  @CsvSource({
    "2030-05-01T10:00:00Z, 2030-05-01T10:00:00Z",
    "2030-05-01T10:00:00.123+03:00, 2030-05-01T07:00:00.123Z",
    "2030-05-01T10:00, 2030-05-01T10:00:00Z",
    "2030-05-01, 2030-05-02T00:00:00Z"
  })
  void a_due_date_is_parsed_in_every_iso_format(String text, Instant dueAt) {
    var parsed = DueDate.parse(text);

    assertThat(parsed).contains(dueAt);
  }
}
