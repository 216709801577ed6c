package fi.signspace.plugin.worker.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.worker.state.TestStates;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentMatcherTest {

  private static final SentDocument LEASE = TestStates.sent(1, "lease.pdf", "%PDF-1.7 lease%%EOF");
  private static final SentDocument ANNEX = TestStates.sent(2, "annex.pdf", "%PDF-1.7 annex%%EOF");

  @Test
  void an_incrementally_signed_document_is_matched_by_its_prefix_in_any_order() {
    DocumentMatcher matcher = new DocumentMatcher(List.of(LEASE, ANNEX));

    assertThat(matcher.match(signed("", "%PDF-1.7 annex%%EOF signed"))).contains(ANNEX);
    assertThat(matcher.match(signed("", "%PDF-1.7 lease%%EOF signed"))).contains(LEASE);
  }

  @Test
  void the_prefix_takes_precedence_over_the_name_of_another_document() {
    DocumentMatcher matcher = new DocumentMatcher(List.of(LEASE, ANNEX));

    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 annex%%EOF signed"))).contains(ANNEX);
  }

  @Test
  void the_beginning_of_every_pdf_does_not_match() {
    SentDocument note = TestStates.sent(3, "note.txt", "%PDF-1.7");
    DocumentMatcher matcher = new DocumentMatcher(List.of(note, LEASE));

    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 rewritten"))).contains(LEASE);
    assertThat(matcher.match(signed("", "%PDF-1.7"))).contains(note);
  }

  @Test
  void a_rewritten_document_is_matched_by_its_name_in_any_normalization_form() {
    SentDocument composed = TestStates.sent(1, "Äiti.pdf", "%PDF-1.7 mother%%EOF");
    SentDocument decomposed = TestStates.sent(2, "O\u0308ljy.pdf", "%PDF-1.7 oil%%EOF");

    DocumentMatcher matcher = new DocumentMatcher(List.of(composed, decomposed));

    assertThat(matcher.match(signed("Öljy.pdf", "%PDF-1.7 rewritten"))).contains(decomposed);
    assertThat(matcher.match(signed("A\u0308iti.pdf", "%PDF-1.7 rewritten"))).contains(composed);
  }

  @Test
  void the_extension_of_a_name_may_have_changed_but_a_number_is_none() {
    SentDocument first = TestStates.sent(1, "Offer 2026.1", "%PDF-1.7 one%%EOF");
    SentDocument second = TestStates.sent(2, "Annex.docx", "two");

    assertThat(DocumentMatcher.isNamedLike(second, "annex.pdf")).isTrue();
    assertThat(DocumentMatcher.isNamedLike(first, "Offer 2026.1.pdf")).isTrue();
    assertThat(DocumentMatcher.isNamedLike(first, "Offer 2026.2")).isFalse();
    SentDocument third = TestStates.sent(3, "Lease.Smith", "three");
    assertThat(DocumentMatcher.isNamedLike(third, "lease.smith.pdf")).isTrue();
    assertThat(DocumentMatcher.isNamedLike(second, "Annex.docx.pdf")).isTrue();
    assertThat(DocumentMatcher.isNamedLike(third, "Annex.Smith.pdf")).isFalse();
  }

  @Test
  void a_name_of_two_documents_is_ambiguous_until_one_of_them_is_matched() {
    SentDocument other = TestStates.sent(2, "lease.pdf", "%PDF-1.7 other lease%%EOF");
    DocumentMatcher matcher = new DocumentMatcher(List.of(LEASE, other));

    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 rewritten"))).isEmpty();
    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 other lease%%EOF signed")))
        .contains(other);
    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 rewritten"))).contains(LEASE);
  }

  @Test
  void of_identical_documents_the_name_decides_before_which_one_is_missing() {
    SentDocument copy = TestStates.sent(2, "copy.pdf", "%PDF-1.7 lease%%EOF");
    DocumentMatcher matcher = new DocumentMatcher(List.of(LEASE, copy));

    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 lease%%EOF signed"))).contains(LEASE);
    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 lease%%EOF again"))).isEmpty();
    assertThat(matcher.match(signed("", "%PDF-1.7 lease%%EOF signed"))).contains(copy);
  }

  @Test
  void each_document_is_matched_once() {
    DocumentMatcher matcher = new DocumentMatcher(List.of(LEASE));

    assertThat(matcher.match(signed("", "%PDF-1.7 lease%%EOF signed"))).contains(LEASE);
    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 lease%%EOF signed"))).isEmpty();
  }

  @Test
  void a_copy_of_one_document_is_not_another_one_whatever_its_name() {
    DocumentMatcher matcher = new DocumentMatcher(List.of(LEASE, ANNEX));
    Document copy = signed("annex.pdf", "%PDF-1.7 lease%%EOF signed again");

    assertThat(matcher.match(signed("lease.pdf", "%PDF-1.7 lease%%EOF signed"))).contains(LEASE);
    assertThat(matcher.match(copy)).isEmpty();
    assertThat(matcher.isCopy(copy)).isTrue();
    assertThat(matcher.isCopy(signed("annex.pdf", "%PDF-1.7 rewritten"))).isFalse();
    assertThat(matcher.match(signed("annex.pdf", "%PDF-1.7 rewritten"))).contains(ANNEX);
  }

  @Test
  void of_two_documents_with_the_same_prefix_the_longer_one_matches() {
    SentDocument longer = TestStates.sent(2, "longer.pdf", "%PDF-1.7 lease%%EOF and more%%EOF");
    DocumentMatcher matcher = new DocumentMatcher(List.of(longer, LEASE));

    assertThat(matcher.match(signed("", "%PDF-1.7 lease%%EOF and more%%EOF signed")))
        .contains(longer);
    assertThat(matcher.match(signed("", "%PDF-1.7 lease%%EOF and more%%EOF signed"))).isEmpty();
    assertThat(matcher.match(signed("", "%PDF-1.7 lease%%EOF signed"))).contains(LEASE);
  }

  @Test
  void identical_documents_are_each_matched_once() {
    SentDocument copy = TestStates.sent(2, "copy.pdf", "%PDF-1.7 lease%%EOF");
    DocumentMatcher matcher = new DocumentMatcher(List.of(LEASE, copy));

    assertThat(
            List.of(
                matcher.match(signed("", "%PDF-1.7 lease%%EOF 1")),
                matcher.match(signed("", "%PDF-1.7 lease%%EOF 2"))))
        .doesNotHaveDuplicates()
        .allMatch(found -> found.isPresent());
  }

  @Test
  void identical_documents_are_distinguished_by_their_names_in_any_order() {
    SentDocument copy = TestStates.sent(2, "copy.pdf", "%PDF-1.7 lease%%EOF");
    Document ofLease = signed("lease.pdf", "%PDF-1.7 lease%%EOF 1");
    Document ofCopy = signed("copy.pdf", "%PDF-1.7 lease%%EOF 2");

    for (List<SentDocument> sent : List.of(List.of(LEASE, copy), List.of(copy, LEASE))) {
      for (List<Document> signed : List.of(List.of(ofLease, ofCopy), List.of(ofCopy, ofLease))) {
        DocumentMatcher matcher = new DocumentMatcher(sent);

        assertThat(signed)
            .allSatisfy(
                document ->
                    assertThat(matcher.match(document).map(SentDocument::fileName))
                        .contains(document.name()));
      }
    }
  }

  @Test
  void shorter_empty_or_unknown_content_does_not_match() {
    SentDocument empty = TestStates.sent(3, "empty.pdf", "");
    DocumentMatcher matcher = new DocumentMatcher(List.of(LEASE, empty));

    assertThat(matcher.match(signed("", "%PDF leas"))).isEmpty();
    assertThat(matcher.match(signed("", ""))).isEmpty();
    assertThat(matcher.match(signed("certificate.pdf", "%PDF page"))).isEmpty();
  }

  private static Document signed(String name, String content) {
    return new Document(name, "application/pdf", content.getBytes(UTF_8));
  }
}
