package fi.signspace.plugin.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.UploadedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import java.util.Map;
import org.camunda.bpm.client.task.ExternalTask;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class DownloadDocumentWorkerTest {

  private final SignSpace signSpace = mock();
  private final DownloadDocumentWorker worker =
      new DownloadDocumentWorker(signSpace, GivenTask.RENEWAL, new LargeDocuments(1));

  @Test
  void every_document_comes_under_its_original_name_and_is_kept_before_the_next() {
    GivenTask given = signed("s1", "s2");
    signSpaceHas("s1", "any name", "first");
    signSpaceHas("s2", "any name", "second");

    Outputs outputs = worker.work(given.taken());

    assertThat(given.keptFiles())
        .containsExactly("signedDocument1 = one.pdf: first", "signedDocument2 = two.pdf: second");
    assertThat(given.kept()).hasSize(1);
    assertThat(GivenTask.plain(given.kept().get(0)))
        .isEqualTo(Map.of("downloadedFileIds", "[\"s1\"]"));
    assertThat(GivenTask.plain(outputs)).isEqualTo(Map.of("downloadedFileIds", "[\"s1\",\"s2\"]"));
  }

  @Test
  void a_document_is_in_the_process_before_the_record_that_it_is() {
    GivenTask given = signed("s1", "s2");
    signSpaceHas("s1", "", "first");
    signSpaceHas("s2", "", "second");

    worker.work(given.taken());

    InOrder order = inOrder(given.engine, given.service);
    order.verify(given.engine).putFile(anyString(), eq("signedDocument1"), any());
    order.verify(given.engine).setVariables(anyString(), any());
    order.verify(given.engine).putFile(anyString(), eq("signedDocument2"), any());
  }

  @Test
  void after_a_failure_only_what_is_missing_is_downloaded() {
    SignSpaceException failure = Failures.notDone();
    GivenTask first = signed("s1", "s2");
    signSpaceHas("s1", "", "first");
    when(signSpace.downloadDocument("s2"))
        .thenThrow(failure)
        .thenReturn(new Document("", "application/pdf", "second".getBytes(UTF_8)));
    assertThatThrownBy(() -> worker.work(first.taken())).isSameAs(failure);

    GivenTask second = signed("s1", "s2").with(first.kept().get(0));
    worker.work(second.taken());

    assertThat(second.keptFiles()).containsExactly("signedDocument2 = two.pdf: second");
    verify(signSpace, times(1)).downloadDocument("s1");
  }

  @Test
  void nothing_is_downloaded_when_everything_is_there() {
    GivenTask given = signed("s1").with(SigningVariables.DOWNLOADED_FILE_IDS, new String[] {"s1"});

    Outputs outputs = worker.work(given.taken());

    assertThat(outputs.toMap()).isEmpty();
    verify(signSpace, never()).downloadDocument(anyString());
  }

  @Test
  void documents_that_were_signed_anew_are_downloaded_anew() {
    GivenTask given =
        signed("s3").with(SigningVariables.DOWNLOADED_FILE_IDS, new String[] {"s1", "s2"});
    signSpaceHas("s3", "", "third");

    Outputs outputs = worker.work(given.taken());

    assertThat(given.keptFiles()).containsExactly("signedDocument1 = one.pdf: third");
    assertThat(GivenTask.plain(outputs)).containsEntry("downloadedFileIds", "[\"s3\"]");
  }

  @Test
  void a_name_of_ours_that_signspace_gives_wins_over_the_place_in_the_list() {
    GivenTask given = signed("s1");
    signSpaceHas("s1", "two.pdf", "second");

    worker.work(given.taken());

    assertThat(given.keptFiles()).containsExactly("signedDocument1 = two.pdf: second");
  }

  @Test
  void a_document_more_than_was_sent_has_the_name_that_signspace_gives_or_a_number() {
    GivenTask given = signed("s1", "s2", "s3", "s4");
    signSpaceHas("s1", "", "1");
    signSpaceHas("s2", "", "2");
    signSpaceHas("s3", "certificate.pdf", "3");
    signSpaceHas("s4", " ", "4");

    worker.work(given.taken());

    assertThat(given.keptFiles())
        .contains("signedDocument3 = certificate.pdf: 3", "signedDocument4 = signed-document-4: 4");
  }

  @Test
  void a_lost_lock_ends_the_work_before_the_download() {
    GivenTask given = signed("s1");
    doThrow(Failures.badRequest())
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());

    assertThatThrownBy(() -> worker.work(given.taken())).isInstanceOf(LockLostException.class);

    verify(signSpace, never()).downloadDocument(anyString());
  }

  private void signSpaceHas(String fileId, String name, String content) {
    when(signSpace.downloadDocument(fileId))
        .thenReturn(new Document(name, "application/pdf", content.getBytes(UTF_8)));
  }

  private static GivenTask signed(String... fileIds) {
    return new GivenTask()
        .with(SigningVariables.SIGNED_FILE_IDS, fileIds)
        .with(
            SigningVariables.UPLOADED_DOCUMENTS,
            new UploadedDocument[] {
              new UploadedDocument("document1", "one.pdf", 1, "aa", "f1", "task-0"),
              new UploadedDocument("document2", "two.pdf", 1, "bb", "f2", "task-0")
            });
  }
}
