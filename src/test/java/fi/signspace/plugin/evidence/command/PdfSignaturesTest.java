package fi.signspace.plugin.evidence.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdfSignaturesTest {

  private static final byte[] SIGNED = SignedPdfs.signed(SignedPdfs.plain());

  @Test
  void a_genuine_signature_raises_no_alarm() {
    List<String> remarks = PdfSignatures.remarks(SIGNED);

    assertThat(remarks).containsExactly("PDF signature 1 of 1: intact.");
  }

  @Test
  void two_genuine_signatures_raise_no_alarm() {
    List<String> remarks = PdfSignatures.remarks(SignedPdfs.signed(SIGNED));

    assertThat(remarks)
        .containsExactly("PDF signature 1 of 2: intact.", "PDF signature 2 of 2: intact.");
  }

  @Test
  void a_time_stamp_raises_no_alarm() {
    List<String> remarks = PdfSignatures.remarks(SignedPdfs.stamped(SIGNED));

    assertThat(remarks)
        .containsExactly("PDF signature 1 of 2: intact.", "PDF time stamp 2 of 2: intact.");
  }

  @Test
  void a_line_end_after_the_signature_raises_no_alarm() {
    List<String> remarks =
        PdfSignatures.remarks(joined(SIGNED, "\r\n".getBytes(StandardCharsets.US_ASCII)));

    assertThat(remarks).containsExactly("PDF signature 1 of 1: intact.");
  }

  @Test
  void a_second_copy_after_the_signature_is_reported() {
    List<String> remarks = PdfSignatures.remarks(joined(SIGNED, SIGNED));

    assertThat(remarks).contains("This PDF was changed after the last signature.");
  }

  @Test
  void an_unsigned_pdf_after_the_signature_is_reported() {
    List<String> remarks = PdfSignatures.remarks(joined(SIGNED, SignedPdfs.plain()));

    assertThat(remarks).anyMatch(remark -> remark.contains("changed after the last signature"));
  }

  @Test
  void one_changed_byte_under_the_signature_is_reported() {
    byte[] changed = SIGNED.clone();
    int at = new String(SIGNED, StandardCharsets.ISO_8859_1).indexOf("/MediaBox");
    changed[at + "/MediaBox [0.0 0.0 ".length()] = '7';

    List<String> remarks = PdfSignatures.remarks(changed);

    assertThat(remarks)
        .containsExactly("PDF signature 1 of 1: not intact, its bytes were changed.");
  }

  @Test
  void a_time_stamp_over_other_bytes_is_reported() {
    byte[] stamped = SignedPdfs.stamped(SignedPdfs.plain());
    int at = new String(stamped, StandardCharsets.ISO_8859_1).indexOf("/MediaBox");
    stamped[at + "/MediaBox [0.0 0.0 ".length()] = '7';

    List<String> remarks = PdfSignatures.remarks(stamped);

    assertThat(remarks)
        .containsExactly("PDF time stamp 1 of 1: not intact, its bytes were changed.");
  }

  @Test
  void a_pdf_without_signatures_says_so() {
    assertThat(PdfSignatures.remarks(SignedPdfs.plain()))
        .containsExactly("This PDF contains no embedded signature.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 100, 400})
  void a_truncated_pdf_never_causes_an_exception(int length) {
    List<String> remarks = PdfSignatures.remarks(Arrays.copyOf(SIGNED, length));

    assertThat(remarks).noneMatch(remark -> remark.endsWith(": intact."));
  }

  @Test
  void other_files_get_no_remark() {
    assertThat(PdfSignatures.remarks("PK".getBytes(StandardCharsets.US_ASCII))).isEmpty();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
