package fi.signspace.plugin.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentOrderTest {

  @Test
  void digits_are_compared_by_value() {
    List<String> names =
        List.of("document10", "documentB", "document2", "document", "document1", "document1b");

    List<String> sorted = names.stream().sorted(DocumentOrder.NATURAL).toList();

    assertThat(sorted)
        .containsExactly(
            "document", "document1", "document1b", "document2", "document10", "documentB");
  }

  @ParameterizedTest
  @CsvSource({
    "document99999999999999999999, document100000000000000000000",
    "document009, document10",
    "document01, document1",
    "document0, document1",
    "document, document0",
    "document_2_9, document_2_10",
    "document_2_10, document_10_1",
    "document1, documentä"
  })
  void the_first_comes_before_the_second(String first, String second) {
    int order = DocumentOrder.NATURAL.compare(first, second);
    int opposite = DocumentOrder.NATURAL.compare(second, first);

    assertThat(order).isNegative();
    assertThat(opposite).isPositive();
  }

  @RepeatedTest(20)
  void shuffled_documents_are_sorted_by_number(RepetitionInfo seed) {
    List<String> numbered = IntStream.range(0, 200).mapToObj(n -> "document" + n).toList();
    List<String> shuffled = new ArrayList<>(numbered);
    Collections.shuffle(shuffled, new Random(seed.getCurrentRepetition()));

    shuffled.sort(DocumentOrder.NATURAL);

    assertThat(shuffled).isEqualTo(numbered);
  }

  @Test
  void the_order_of_any_names_is_total() {
    Random random = new Random(42);
    List<String> names =
        IntStream.range(0, 60).mapToObj(i -> randomName(random)).distinct().toList();

    for (String a : names) {
      for (String b : names) {
        int ab = Integer.signum(DocumentOrder.NATURAL.compare(a, b));
        assertThat(ab)
            .as("%s, %s", a, b)
            .isEqualTo(-Integer.signum(DocumentOrder.NATURAL.compare(b, a)));
        assertThat(ab == 0).as("%s, %s", a, b).isEqualTo(a.equals(b));
        for (String c : names) {
          if (ab < 0 && DocumentOrder.NATURAL.compare(b, c) < 0) {
            assertThat(DocumentOrder.NATURAL.compare(a, c)).as("%s, %s, %s", a, b, c).isNegative();
          }
        }
      }
    }
  }

  private static String randomName(Random random) {
    return random
        .ints(random.nextInt(6), 0, 5)
        .mapToObj(i -> "019a_".substring(i, i + 1))
        .reduce("", String::concat);
  }
}
