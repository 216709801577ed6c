package fi.signspace.plugin.api.bulk.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.api.start.NewDocument;
import fi.signspace.plugin.bulk.ListError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.mock.web.MockMultipartHttpServletRequest;

/** ZIPs as the usual programs make them, and as nobody should. */
class UploadedDocumentsTest {

  private static final Charset WINDOWS = Charset.forName("IBM437");
  private static final byte[] CONTENT = "%PDF-1.7 a lease".getBytes(US_ASCII);

  private static byte[] zip(Charset names, boolean flagged, String... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      zip.setEncoding(names.name());
      zip.setUseLanguageEncodingFlag(flagged);
      for (String entry : entries) {
        zip.putArchiveEntry(new ZipArchiveEntry(entry));
        if (!entry.endsWith("/")) {
          zip.write(CONTENT);
        }
        zip.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static UploadedDocuments read(byte[] zip) {
    return read(zip, 1000, 3);
  }

  private static UploadedDocuments read(byte[] zip, long maxUnpacked, int maxFiles) {
    MockMultipartHttpServletRequest form = new MockMultipartHttpServletRequest();
    form.addFile(new MockMultipartFile("documents", "all.ZIP", "application/zip", zip));
    return UploadedDocuments.of(form, maxUnpacked, maxFiles);
  }

  private static List<String> names(UploadedDocuments documents) {
    return documents.all().stream().map(NewDocument::fileName).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "IBM437, false",
    "UTF-8, true",
    "UTF-8, false",
  })
  void names_are_read_in_whatever_way_they_are_written(String charset, boolean flagged) {
    try (UploadedDocuments documents =
        read(zip(Charset.forName(charset), flagged, "Hyresavtal Åsa Öhman.pdf"))) {
      assertThat(documents.errors()).isEmpty();
      assertThat(names(documents)).containsExactly("Hyresavtal Åsa Öhman.pdf");
      assertThat(documents.named("hyresavtal åsa öhman.PDF")).containsExactly(0);
      assertThat(documents.all().get(0).open()).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void decomposed_names_are_found() {
    String decomposed = Normalizer.normalize("Åsa.pdf", Normalizer.Form.NFD);

    try (UploadedDocuments documents = read(zip(UTF_8, true, decomposed))) {
      assertThat(documents.named("Åsa.pdf")).containsExactly(0);
    }
  }

  @Test
  void folders_do_not_matter_and_what_systems_add_is_left_out() {
    byte[] zip =
        zip(
            UTF_8,
            true,
            "leases/",
            "leases/a.pdf",
            "..\\..\\b.pdf",
            "../c.pdf",
            "__MACOSX/leases/._a.pdf",
            "leases/.DS_Store",
            "leases/Thumbs.db");

    try (UploadedDocuments documents = read(zip)) {
      assertThat(documents.errors()).isEmpty();
      assertThat(names(documents)).containsExactly("a.pdf", "b.pdf", "c.pdf");
    }
  }

  /** Their length must not be squared. */
  @Test
  @Timeout(5)
  void the_longest_names_take_no_time() {
    String longest = "x".repeat(65_000);

    try (UploadedDocuments documents =
        read(zip(UTF_8, true, longest + "/a", longest + "1", longest + "2"))) {
      assertThat(documents.all().stream().map(NewDocument::fileName))
          .containsExactly("a", longest + "1", longest + "2");
    }
  }

  @Test
  void of_names_that_differ_in_case_only_the_exact_one_is_meant() {
    try (UploadedDocuments documents = read(zip(UTF_8, true, "Lease.pdf", "x/lease.PDF"))) {
      assertThat(documents.named("Lease.pdf")).containsExactly(0);
      assertThat(documents.named("LEASE.pdf")).containsExactly(0, 1);
    }
  }

  @Test
  void a_document_with_a_password_is_refused_by_its_name() {
    byte[] zip = zip(WINDOWS, false, "a.pdf");
    // the flag, in the entry's header and in the directory
    zip[6] |= 1;
    zip[indexOfDirectory(zip) + 8] |= 1;

    try (UploadedDocuments documents = read(zip)) {
      assertThat(documents.errors())
          .extracting(ListError::detail)
          .containsExactly("a.pdf is protected by a password; make the ZIP without one.");
    }
  }

  private static int indexOfDirectory(byte[] zip) {
    for (int i = 0; i < zip.length - 4; i++) {
      if (Arrays.equals(Arrays.copyOfRange(zip, i, i + 4), new byte[] {'P', 'K', 1, 2})) {
        return i;
      }
    }
    throw new AssertionError();
  }

  @Test
  void too_much_is_refused() {
    byte[] zip = zip(UTF_8, true, "a.pdf", "b.pdf", "c.pdf");

    for (UploadedDocuments documents : List.of(read(zip, 40, 3), read(zip, 1000, 2))) {
      assertThat(documents.all()).isEmpty();
      assertThat(documents.errors()).singleElement().asString().contains("send the list in parts");
      documents.close();
    }
  }

  @Test
  void a_damaged_zip_is_refused() {
    byte[] zip = zip(UTF_8, true, "a.pdf");

    try (UploadedDocuments documents = read(Arrays.copyOf(zip, zip.length / 2))) {
      assertThat(documents.errors()).singleElement().asString().contains("The ZIP cannot be read");
    }
  }

  @Test
  void a_zip_comes_alone() {
    MockMultipartHttpServletRequest form = new MockMultipartHttpServletRequest();
    form.addFile(new MockMultipartFile("documents", "a.zip", null, zip(UTF_8, true, "a.pdf")));
    form.addFile(new MockMultipartFile("documents", "b.pdf", null, CONTENT));

    try (UploadedDocuments documents = UploadedDocuments.of(form, 1000, 3)) {
      assertThat(documents.errors()).singleElement().asString().contains("either files or one ZIP");
    }
  }
}
