package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedPdfTest extends SandboxTest {

  @Test
  void a_signed_pdf_has_an_additional_page_with_the_signatures() throws IOException {
    var anna = Map.of("handle", ANNA, "role", "signer", "display_name", "Anna Åström");
    String file = sandbox.upload("lease.pdf", pdf(2));
    String id = create(Map.of("files", List.of(file), "participants", List.of(anna)));

    byte[] signed = sign(id, ANNA);

    try (PDDocument document = Loader.loadPDF(signed)) {
      assertThat(document.getNumberOfPages()).isEqualTo(3);
      assertThat(lastPage(document))
          .contains("nothing here is legally signed")
          .contains("Contract", id, "lease.pdf", file)
          .contains("Anna Åström, " + ANNA + ": signed at " + clock.instant());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Łukasz Żółć", "山田太郎", "Ольга", "نور", "👩🏽‍💻", "a\tb\nc", "\u0000\u0007"})
  void a_name_in_any_script_is_signed(String name) throws IOException {
    var anna = Map.of("handle", ANNA, "role", "signer", "display_name", name);
    String file = sandbox.upload(name.replaceAll("\\p{Cntrl}", "") + ".pdf", pdf(1));
    String id = create(Map.of("files", List.of(file), "participants", List.of(anna)));

    byte[] signed = sign(id, ANNA);

    try (PDDocument document = Loader.loadPDF(signed)) {
      assertThat(lastPage(document)).contains(ANNA + ": signed at");
    }
  }

  @Test
  void many_signatories_and_a_long_title_take_several_pages() throws IOException {
    List<Map<String, Object>> signers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      signers.add(signer("person" + i + "@example.com"));
    }
    String file = sandbox.upload("a.pdf", pdf(1));
    String id =
        create(Map.of("files", List.of(file), "participants", signers, "title", "x".repeat(500)));

    for (int i = 0; i < 99; i++) {
      sandbox.sign(id, "person" + i + "@example.com").ok();
    }
    byte[] signed = sign(id, "person99@example.com");

    try (PDDocument document = Loader.loadPDF(signed)) {
      assertThat(document.getNumberOfPages()).isGreaterThan(3);
      assertThat(new PDFTextStripper().getText(document))
          .contains("person0@example.com", "person99@example.com");
    }
  }

  @Test
  void encrypted_broken_and_other_documents_are_returned_unchanged() throws IOException {
    Map<String, byte[]> documents =
        Map.of(
            "readable but encrypted.pdf", encrypted(""),
            "encrypted.pdf", encrypted("secret"),
            "broken.pdf", Arrays.copyOf(pdf(1), 60),
            "no PDF at all.pdf", "Hello".getBytes(StandardCharsets.UTF_8));

    Map<String, byte[]> signed = new HashMap<>();
    for (Map.Entry<String, byte[]> document : documents.entrySet()) {
      signed.put(document.getKey(), signedCopy(document.getKey(), document.getValue()));
    }

    documents.forEach((name, content) -> assertThat(signed.get(name)).as(name).isEqualTo(content));
  }

  private static byte[] encrypted(String userPassword) throws IOException {
    try (var document = new PDDocument();
        var out = new ByteArrayOutputStream()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", userPassword, new AccessPermission()));
      document.save(out);
      return out.toByteArray();
    }
  }

  private static byte[] pdf(int pages) throws IOException {
    try (var document = new PDDocument();
        var out = new ByteArrayOutputStream()) {
      for (int i = 0; i < pages; i++) {
        document.addPage(new PDPage());
      }
      document.save(out);
      return out.toByteArray();
    }
  }

  private byte[] signedCopy(String name, byte[] content) throws IOException {
    String file = sandbox.upload(name, content);
    String id = create(Map.of("files", List.of(file), "participants", List.of(signer(ANNA))));
    return sign(id, ANNA);
  }

  /** Adds the last signature and returns the signed copy. */
  private byte[] sign(String id, String handle) throws IOException {
    sandbox.sign(id, handle).ok();
    String signedFile = sandbox.task(id).get("signed_files").get(0).textValue();
    return sandbox.apiGet("/files.download?id=" + signedFile).ok().bytes();
  }

  private static String lastPage(PDDocument document) throws IOException {
    var stripper = new PDFTextStripper();
    stripper.setStartPage(document.getNumberOfPages());
    return stripper.getText(document);
  }
}
