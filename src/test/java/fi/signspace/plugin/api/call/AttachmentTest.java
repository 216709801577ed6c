package fi.signspace.plugin.api.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which name a client saves a document. */
class AttachmentTest {

  @ParameterizedTest
  @CsvSource({
    "lease.pdf, lease.pdf, lease.pdf",
    "Äiti.pdf, _iti.pdf, %C3%84iti.pdf",
    "a \"b\" 5%.pdf, a _b_ 5_.pdf, a%20%22b%22%205%25.pdf",
    "../../etc/a.pdf, .._.._etc_a.pdf, .._.._etc_a.pdf",
    "..\\a.pdf, .._a.pdf, .._a.pdf"
  })
  void a_name_has_no_folders(String fileName, String plain, String exact) {
    assertThat(Attachment.named(fileName))
        .isEqualTo("attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, exact));
  }
}
