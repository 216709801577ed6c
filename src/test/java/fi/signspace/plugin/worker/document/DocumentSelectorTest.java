package fi.signspace.plugin.worker.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.TaskDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentSelectorTest {

  private final GivenTask given =
      new GivenTask()
          .document("document10", "c.pdf", "")
          .document("document2", "b.pdf", "")
          .document("documentA", "d.pdf", "")
          .document("signedDocument1", "no.pdf", "")
          .document("lease", "lease.pdf", "")
          .with("documentNote", "no file")
          .with("document3", null);

  @Test
  void the_default_is_the_files_named_document_in_natural_order() {
    assertThat(DocumentSelector.of(given.taken()))
        .extracting(TaskDocument::fileName)
        .containsExactly("b.pdf", "c.pdf", "d.pdf");
  }

  @ParameterizedTest
  @CsvSource({
    "'lease, document2', 'lease.pdf b.pdf'",
    "' document10 lease ', 'c.pdf lease.pdf'",
    "'lease, document*', 'lease.pdf b.pdf c.pdf d.pdf'",
    "'document10,document*', 'c.pdf b.pdf d.pdf'",
    "'', 'b.pdf c.pdf d.pdf'"
  })
  void names_select_the_documents_in_their_order(String names, String expected) {
    given.ofOwnProcess().with("documents", names);

    assertThat(DocumentSelector.of(given.taken()))
        .extracting(TaskDocument::fileName)
        .containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lease", "l*", "a lease and its annex"})
  void a_variable_of_a_calling_process_selects_nothing_in_signing_request(String names) {
    given.with("documents", names);

    assertThat(DocumentSelector.of(given.taken()))
        .extracting(TaskDocument::fileName)
        .containsExactly("b.pdf", "c.pdf", "d.pdf");
  }

  @Test
  void a_name_without_a_file_is_rejected_input() {
    given.ofOwnProcess().with("documents", "lease, annex, documentNote, other*");

    assertThatThrownBy(() -> DocumentSelector.of(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageContaining("annex, documentNote.");
  }
}
