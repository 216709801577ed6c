package fi.signspace.plugin.worker.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.Outputs;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The saved data grows with the number of documents, not with its square. */
class DocumentCheckpointsTest {

  private static final long MEGABYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 2",
    "3, 2",
    "4, 3",
    "100, 7",
    "1000, 10",
  })
  void small_documents_are_saved_at_each_doubling(int documents, int saves) {
    assertThat(saves(documents, 1000)).isEqualTo(saves);
  }

  @Test
  void a_large_document_is_saved_at_once() {
    assertThat(saves(20, 10 * MEGABYTE)).isEqualTo(20);
    assertThat(saves(20, 5 * MEGABYTE)).isBetween(10, 12);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 100})
  void an_upload_writes_little_more_than_its_state(int count) {
    TestWorkers workers = new TestWorkers();
    when(workers.signSpace.uploadDocument(anyString(), any(), anyInt()))
        .thenAnswer(call -> "id of " + call.<Document>getArgument(1).name());
    GivenTask given = new GivenTask().validRequest();
    IntStream.rangeClosed(1, count)
        .forEach(i -> given.document("document" + i, i + ".pdf", TestStates.content(i)));

    Outputs outputs = workers.upload().work(given.taken());

    assertThat(GivenTask.stateIn(outputs).pending()).hasSize(count);
    assertThatLittleIsWritten(given, outputs);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 100})
  void a_download_writes_little_more_than_its_state(int count) {
    TestWorkers workers = new TestWorkers();
    List<String> signed = IntStream.rangeClosed(1, count).mapToObj(i -> "s" + i).toList();
    when(workers.signSpace.getRequests(List.of(States.ID)))
        .thenReturn(
            List.of(
                States.complete(TestStates.requested(count).requireRequest().fileIds(), signed)));
    when(workers.signSpace.downloadDocument(anyString()))
        .thenAnswer(
            call -> {
              int number = Integer.parseInt(call.<String>getArgument(0).substring(1));
              byte[] content = (TestStates.content(number) + " signed").getBytes(UTF_8);
              return new Document("", "application/pdf", content);
            });
    GivenTask given = new GivenTask().state(TestStates.requested(count));

    Outputs outputs = workers.download().work(given.taken());

    assertThat(GivenTask.stateIn(outputs).signed()).hasSize(count);
    assertThatLittleIsWritten(given, outputs);
  }

  private static void assertThatLittleIsWritten(GivenTask given, Outputs outputs) {
    int whole = length(outputs.toMap());
    int onTheWay = given.saved().stream().mapToInt(DocumentCheckpointsTest::length).sum();
    assertThat(given.saved()).hasSizeLessThanOrEqualTo(7);
    assertThat(onTheWay).isLessThan(6 * whole);
  }

  private static int length(Map<String, Object> values) {
    return String.valueOf(GivenTask.plain(values).get(SigningVariables.SIGNING_STATE.name()))
        .length();
  }

  private static int saves(int documents, long bytes) {
    DocumentCheckpoints points = new DocumentCheckpoints();
    int saves = 0;
    for (int i = 0; i < documents; i++) {
      points.done(bytes);
      saves += points.isDue() ? 1 : 0;
    }
    return saves;
  }
}
