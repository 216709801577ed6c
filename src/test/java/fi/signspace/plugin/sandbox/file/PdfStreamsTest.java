package fi.signspace.plugin.sandbox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PdfStreamsTest {

  @ParameterizedTest
  @CsvSource({"1, 70, true", "1, 60, false", "10, 20, false", "60, 20, true"})
  void a_decompression_bomb_is_not_opened(int streams, int megabytes, boolean tooLarge)
      throws IOException {
    byte[] pdf = pdfWith(streams, megabytes);

    assertThat(pdf.length).isLessThan(2_000_000);
    assertThat(PdfStreams.areTooLarge(pdf)).isEqualTo(tooLarge);
  }

  @Test
  void a_decompression_bomb_is_signed_unchanged() throws IOException {
    byte[] bomb = pdfWith(1, 70);
    StoredFile file = new StoredFile("1", "bomb.pdf", null, bomb, Instant.EPOCH);

    // no request is needed, because nothing is written
    assertThat(SignaturePage.append(null, file)).isSameAs(bomb);
  }

  @Test
  void an_ordinary_pdf_is_opened() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(bytes);
    }

    assertThat(PdfStreams.areTooLarge(bytes.toByteArray())).isFalse();
  }

  private static byte[] pdfWith(int streams, int megabytes) throws IOException {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    pdf.writeBytes("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII));
    byte[] packed = packed(megabytes);
    for (int i = 1; i <= streams; i++) {
      String head =
          "%d 0 obj\n<</Type/Obj#53tm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\r\n";
      pdf.writeBytes(head.formatted(i, packed.length).getBytes(StandardCharsets.US_ASCII));
      pdf.writeBytes(packed);
      pdf.writeBytes("\nendstream\nendobj\n".getBytes(StandardCharsets.US_ASCII));
    }
    return pdf.toByteArray();
  }

  private static byte[] packed(int megabytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      byte[] spaces = " ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < megabytes; i++) {
        out.write(spaces);
      }
    }
    return packed.toByteArray();
  }
}
