package fi.signspace.plugin.signing.text;

import static fi.signspace.plugin.signing.text.FileType.ASIC_E;
import static fi.signspace.plugin.signing.text.FileType.ASIC_S;
import static fi.signspace.plugin.signing.text.FileType.DOCX;
import static fi.signspace.plugin.signing.text.FileType.HTML;
import static fi.signspace.plugin.signing.text.FileType.JPEG;
import static fi.signspace.plugin.signing.text.FileType.ODT;
import static fi.signspace.plugin.signing.text.FileType.PDF;
import static fi.signspace.plugin.signing.text.FileType.PNG;
import static fi.signspace.plugin.signing.text.FileType.PPTX;
import static fi.signspace.plugin.signing.text.FileType.TEXT;
import static fi.signspace.plugin.signing.text.FileType.UNKNOWN;
import static fi.signspace.plugin.signing.text.FileType.XLSX;
import static fi.signspace.plugin.signing.text.FileType.ZIP;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Files;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Detection of file types, and the resulting names and media types. */
class FileTypeTest {

  @ParameterizedTest(name = "{1}")
  @MethodSource("files")
  void the_type_is_detected_from_the_bytes(byte[] content, FileType expected) {
    FileType type = FileType.of(content);

    assertThat(type).isEqualTo(expected);
  }

  static Stream<Arguments> files() {
    return Stream.of(
        arguments(Files.PDF, PDF),
        arguments(Files.pdfAfter(1019), PDF),
        arguments(Files.pdfAfter(1020), TEXT),
        arguments(Files.pdfAfter(2000), TEXT),
        arguments(Files.PNG, PNG),
        arguments(Files.JPEG, JPEG),
        arguments(Files.zip("a.txt"), ZIP),
        arguments(Files.zip("[Content_Types].xml", "word/document.xml"), DOCX),
        arguments(Files.zip("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        arguments(Files.zip("[Content_Types].xml", "ppt/presentation.xml"), PPTX),
        arguments(Files.zip("a.txt", "META-INF/signatures0.xml"), ASIC_E),
        arguments(Files.container("application/vnd.etsi.asic-e+zip", "a.pdf"), ASIC_E),
        arguments(Files.container("application/vnd.etsi.asic-s+zip", "a.pdf"), ASIC_S),
        arguments(Files.container("application/vnd.oasis.opendocument.text", "a"), ODT),
        arguments(Files.container("application/epub+zip", "a"), ZIP),
        arguments(Files.PAGE, HTML),
        arguments(bytes("\ufeff \n<html lang=\"fi\">%PDF-1.7"), HTML),
        arguments(bytes("<?xml version=\"1.0\"?>\n<html>"), HTML),
        arguments(bytes("<!-- moved --><body>"), HTML),
        arguments("<!DOCTYPE HTML><p>".getBytes(UTF_16), HTML),
        arguments(bytes("<invoice>12</invoice>"), TEXT),
        arguments(bytes("Äiti ja sopimus\r\n"), TEXT),
        arguments(bytes("x"), TEXT),
        arguments(new byte[] {0}, UNKNOWN),
        arguments(new byte[0], UNKNOWN));
  }

  @Test
  void any_bytes_are_classified() {
    Random random = new Random(7);

    for (int i = 0; i < 2_000; i++) {
      byte[] content = new byte[random.nextInt(3_000)];
      random.nextBytes(content);
      String declared = new String(content, 0, content.length / 50, UTF_8);

      assertThatCode(() -> FileType.of(content)).doesNotThrowAnyException();
      assertThat(MediaTypes.isReadable(MediaTypes.normalized(declared, content))).isTrue();
      assertThat(MediaTypes.isReadable(MediaTypes.of(content, declared))).isTrue();
      assertThat(FileNames.isFit(FileNames.normalized(new String(content, UTF_8)))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "application/pdf | application/pdf",
        "Application/PDF | application/pdf",
        "application/pdf; name=Sopimus ja liite.pdf | application/pdf",
        "application/pdf, application/pdf | application/pdf",
        "\"application/pdf\" | application/pdf",
        "application/pdf;charset=\"utf-8\" | application/pdf",
        "pdf | application/pdf",
        "/ | application/pdf",
        "*/* | application/pdf",
        "application/ | application/pdf",
        "~~ | application/pdf",
        "image/svg+xml | image/svg+xml",
      })
  void a_declared_media_type_is_normalized(String declared, String expected) {
    String type = MediaTypes.normalized(declared, Files.PDF);

    assertThat(type).isEqualTo(expected);
  }

  @Test
  void an_unreadable_type_of_another_file_than_a_pdf_is_unknown() {
    assertThat(MediaTypes.normalized("pdf", Files.JPEG)).isEqualTo("application/octet-stream");
    assertThat(MediaTypes.normalized(null, Files.JPEG)).isEqualTo("application/octet-stream");
    assertThat(MediaTypes.normalized("text/plain\r\nX-Injected: 1", Files.JPEG))
        .isEqualTo("application/octet-stream");
  }

  @ParameterizedTest(name = "{0} said to be {1}")
  @MethodSource("signedFiles")
  void name_and_media_type_of_a_document_follow_its_bytes(
      String name, String declared, byte[] content, String expectedName, String expectedType) {
    Document document = new Document(name, declared, content).withTypeOfContent();

    assertThat(document.name()).isEqualTo(expectedName);
    assertThat(document.mimeType()).isEqualTo(expectedType);
    assertThat(document.content()).isSameAs(content);
  }

  static Stream<Arguments> signedFiles() {
    String docx = DOCX.mediaType();
    byte[] word = Files.zip("word/document.xml");
    return Stream.of(
        arguments("lease.pdf", "application/pdf", Files.PDF, "lease.pdf", "application/pdf"),
        arguments("LEASE.PDF", "pdf", Files.PDF, "LEASE.PDF", "application/pdf"),
        arguments("lease.docx", docx, Files.PDF, "lease.pdf", "application/pdf"),
        arguments("lease.docx", docx, word, "lease.docx", docx),
        arguments("lease.docx", docx, Files.zip("a"), "lease.docx", docx),
        arguments("lease.pdf", "application/pdf", Files.zip("a"), "lease.zip", "application/zip"),
        arguments(
            "lease.pdf",
            "application/pdf",
            Files.container(ASIC_E.mediaType(), "lease.pdf"),
            "lease.asice",
            ASIC_E.mediaType()),
        arguments("photo.jpeg", "image/jpeg", Files.JPEG, "photo.jpeg", "image/jpeg"),
        arguments("photo.pdf", "application/pdf", Files.JPEG, "photo.jpg", "image/jpeg"),
        arguments("Lease v1.2", "", Files.PDF, "Lease v1.2.pdf", "application/pdf"),
        arguments("data.csv", "text/csv", bytes("a;b"), "data.csv", "text/csv"),
        arguments("page.html", "text/html", bytes("<p>a"), "page.html", "text/html"),
        arguments("odd.pdf", "application/pdf", new byte[] {0, 1}, "odd.pdf", UNKNOWN.mediaType()),
        arguments("a.step", "model/step", new byte[] {0, 1}, "a.step", "model/step"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Äiti ja sopimus.pdf|Äiti ja sopimus.pdf",
        "2027/03 lease.pdf|2027/03 lease.pdf",
        " lease.pdf\u00a0|lease.pdf",
      })
  void a_normalized_file_name_keeps_visible_characters(String given, String expected) {
    String name = FileNames.normalized(given);

    assertThat(name).isEqualTo(expected);
  }

  @Test
  void a_normalized_file_name_has_one_line_and_whole_characters() {
    String name = FileNames.normalized("a\r\nSet-Cookie: b\u2028c\0d\ud83d.pdf");

    assertThat(name).isEqualTo("a Set-Cookie: b c d .pdf");
  }

  @Test
  void a_long_file_name_is_shortened_before_its_extension() {
    String name = FileNames.normalized("\ud83d\udcc4".repeat(3_990) + ".pdf");

    assertThat(name.codePoints()).hasSize(255);
    assertThat(name).endsWith("….pdf");
    assertThat(FileNames.isFit(name)).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
