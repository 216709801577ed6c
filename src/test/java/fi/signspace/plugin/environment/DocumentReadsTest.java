package fi.signspace.plugin.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class DocumentReadsTest {

  private static final long HEAP = 100_000_000;

  private boolean second;

  @Test
  void as_many_documents_are_read_at_one_time_as_there_is_memory_for() throws Exception {
    DocumentReads one = new DocumentReads(HEAP, DataSize.ofBytes(HEAP / 20));
    DocumentReads two = new DocumentReads(HEAP, DataSize.ofBytes(HEAP / 40));

    one.run(Duration.ZERO, () -> second = one.run(Duration.ZERO, () -> {}));
    assertThat(second).isFalse();
    assertThat(one.run(Duration.ZERO, () -> {})).isTrue();

    two.run(Duration.ZERO, () -> second = two.run(Duration.ZERO, () -> {}));
    assertThat(second).isTrue();
  }

  @Test
  void one_document_is_read_even_if_it_is_larger_than_the_memory_for_it() throws Exception {
    DocumentReads reads = new DocumentReads(HEAP, DataSize.ofBytes(HEAP));

    assertThat(reads.run(Duration.ZERO, () -> {})).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_144, 262_145, 1_000_000})
  void a_spool_returns_what_was_written(int length) throws Exception {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) i;
    }
    ByteArrayOutputStream copy = new ByteArrayOutputStream();

    try (Spool spool =
        new DocumentReads(DataSize.ofMegabytes(1)).spooled(out -> out.write(content))) {
      spool.copyTo(copy);
      assertThat(spool.isEmpty()).isEqualTo(length == 0);
    }

    assertThat(copy.toByteArray()).isEqualTo(content);
  }
}
