package fi.signspace.plugin.evidence.command;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.SigningApplication;
import fi.signspace.plugin.evidence.Evidence;
import fi.signspace.plugin.evidence.EvidenceKeys;
import fi.signspace.plugin.evidence.Samples;
import fi.signspace.plugin.evidence.Samples.Signed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The offline command: called directly for its output, and as a process for its exit code. */
class VerifyCommandTest {

  private static final EvidenceKeys KEYS = Samples.keys("a secret");

  @TempDir Path folder;

  private Signed signed;
  private String keys;
  private String evidence;
  private List<String> documents;

  /** The result of a run. */
  private record Result(int exitCode, String output) {}

  @BeforeEach
  void givenAGenuineSet() throws IOException {
    signed =
        Samples.covering(
            List.of(
                SignedPdfs.signed(SignedPdfs.plain()),
                SignedPdfs.plain(),
                new byte[] {1, 2, 3, 4}));
    keys = write("keys.json", KEYS.toJson().getBytes(StandardCharsets.UTF_8));
    evidence = write("lease-evidence.jws", Samples.sign(signed.evidence(), KEYS));
    documents = new ArrayList<>();
    for (byte[] document : signed.documents()) {
      documents.add(write("document " + documents.size() + ".pdf", document));
    }
  }

  @Test
  void a_genuine_set_is_valid_and_its_request_is_printed() {
    Result result = run(arguments(keys, evidence, documents));

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("Process instance: " + signed.evidence().instance().id())
        .contains("Title: ")
        .contains("Key: ")
        .endsWith("VALID\n")
        .doesNotContain("NOT VALID");
  }

  @Test
  void a_missing_document_is_named() {
    Result result = run(arguments(keys, evidence, documents.subList(1, documents.size())));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).contains("No file with the content of signedDocument1");
  }

  @Test
  void a_file_given_twice_is_named() {
    documents.add(documents.get(0));

    Result result = run(arguments(keys, evidence, documents));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).contains(documents.get(0) + " was given more often");
  }

  @Test
  void the_sent_document_is_distinguished_from_the_signed_one() throws IOException {
    documents.set(0, write("original.pdf", Samples.original(signed.documents().get(0))));

    Result result = run(arguments(keys, evidence, documents));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).contains("is the document that was sent, not the signed one");
  }

  @Test
  void swapped_evidence_and_document_are_reported() {
    List<String> swapped = new ArrayList<>(documents);
    swapped.set(0, evidence);

    Result result = run(arguments(keys, documents.get(0), swapped));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output())
        .contains("It is not evidence")
        .contains(evidence + " is evidence: give it before the documents.");
  }

  @Test
  void an_unknown_key_is_reported() throws IOException {
    keys = write("other.json", Samples.keys("another").toJson().getBytes(StandardCharsets.UTF_8));

    Result result = run(arguments(keys, evidence, documents));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).contains("intact, but signed by a key that you have not given");
  }

  @Test
  void a_missing_document_argument_is_reported() {
    Result result = run(List.of("--keys", keys, evidence));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).contains("No document was given");
  }

  @Test
  void a_directory_an_empty_file_and_a_missing_file_are_named() throws IOException {
    String empty = write("empty.pdf", new byte[0]);

    for (String file : List.of(folder.toString(), empty, folder.resolve("none.pdf").toString())) {
      for (List<String> arguments :
          List.of(
              arguments(keys, evidence, List.of(file)),
              arguments(keys, file, documents),
              arguments(file, evidence, documents))) {
        Result result = run(arguments);

        assertThat(result.exitCode()).isOne();
        assertThat(result.output()).contains(file);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(60)
  void endless_and_oversized_files_are_named_and_not_read() throws Exception {
    String pipe = folder.resolve("pipe").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    String link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/zero")).toString();
    String large = folder.resolve("large.pdf").toString();
    try (RandomAccessFile sparse = new RandomAccessFile(large, "rw")) {
      sparse.setLength(10_000_000_000L);
    }

    for (String file : List.of("/dev/zero", "/dev/stdin", pipe, link, large)) {
      for (List<String> arguments :
          List.of(
              arguments(keys, evidence, List.of(file)),
              arguments(keys, file, documents),
              arguments(file, evidence, documents))) {
        Result result = run(arguments);

        assertThat(result.exitCode()).isOne();
        assertThat(result.output())
            .startsWith(file)
            .containsAnyOf("is a device or a pipe", "is too large");
      }
    }
  }

  @Test
  void a_duplicate_key_is_rejected() throws IOException {
    String set = KEYS.toJson().replaceAll("(?s).*\\[(.*)\\].*", "$1");
    keys =
        write(
            "twice.json",
            ("{\"keys\": [" + set + "," + set + "]}").getBytes(StandardCharsets.UTF_8));

    Result result = run(arguments(keys, evidence, documents));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).startsWith(keys + " contains the key ").contains("more than once");
  }

  @Test
  void a_signature_from_before_a_replacement_is_reported_without_affecting_the_result()
      throws IOException {
    Evidence covered = signed.evidence();
    Evidence early =
        new Evidence(
            covered.instance(),
            covered.request(),
            covered.participants(),
            covered.documentsSent(),
            new Evidence.Signatures(
                List.of(
                    new Evidence.Signature(
                        "anna@example.com", Samples.NOW.minusSeconds(60), Samples.NOW)),
                1,
                1),
            covered.documentsSigned(),
            covered.signSpace(),
            covered.engine(),
            covered.issuedAt());

    Result result = run(arguments(keys, write("early.jws", Samples.sign(early, KEYS)), documents));

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains(
            "anna@example.com signed at 2026-11-27T09:59:00Z, before documents were replaced at 2026-11-27T10:00:00Z.");
  }

  @Test
  void remarks_on_a_pdf_do_not_affect_the_result() throws IOException {
    byte[] twice = doubled(SignedPdfs.signed(SignedPdfs.plain()));
    Signed appended = Samples.covering(List.of(twice));

    Result result =
        run(
            arguments(
                keys,
                write("appended.jws", Samples.sign(appended.evidence(), KEYS)),
                List.of(write("appended.pdf", twice))));

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("changed after the last signature");
  }

  @Test
  void control_characters_for_terminals_are_not_printed() {
    Result result = run(arguments(keys, evidence, List.of("\u001B[2J\u009B8m\u202Ex.pdf")));

    assertThat(result.exitCode()).isOne();
    assertThat(result.output()).doesNotContain("\u001B", "\u009B", "\u202E");
  }

  @Test
  void as_a_process_it_prints_only_the_output_of_the_command() throws Exception {
    List<String> arguments = arguments(keys, evidence, documents);

    Result process = process(arguments);

    assertThat(process).isEqualTo(run(arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "--keys", "--keys x", "--keys x y z", "verify verify"})
  void as_a_process_it_exits_with_one_for_any_invalid_input(String line) throws Exception {
    Result process = process(Stream.of(line.split(" ", -1)).filter(a -> !a.isEmpty()).toList());

    assertThat(process.exitCode()).isOne();
    assertThat(process.output()).isNotEmpty().doesNotContain("Exception", "at fi.signspace");
  }

  @Test
  void as_a_process_it_exits_with_zero_or_one_if_its_output_is_not_read() throws Exception {
    Process process = start(arguments(keys, evidence, documents));
    process.getInputStream().close();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isIn(0, 1);
  }

  private static byte[] doubled(byte[] bytes) {
    byte[] twice = java.util.Arrays.copyOf(bytes, 2 * bytes.length);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    return twice;
  }

  private String write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private static List<String> arguments(String keys, String evidence, List<String> documents) {
    List<String> arguments = new ArrayList<>(List.of("--keys", keys, evidence));
    arguments.addAll(documents);
    return arguments;
  }

  private static Result run(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode =
        new VerifyCommand(new PrintStream(out, true, StandardCharsets.UTF_8)).run(arguments);
    return new Result(exitCode, out.toString(StandardCharsets.UTF_8));
  }

  private static Result process(List<String> arguments) throws Exception {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Duser.language=fa",
                "-Duser.country=IR",
                "-cp",
                System.getProperty("java.class.path"),
                SigningApplication.class.getName(),
                VerifyCommand.NAME));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
