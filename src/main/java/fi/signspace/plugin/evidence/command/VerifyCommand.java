package fi.signspace.plugin.evidence.command;

import fi.signspace.plugin.evidence.Coverage;
import fi.signspace.plugin.evidence.Coverage.SuppliedFile;
import fi.signspace.plugin.evidence.Evidence;
import fi.signspace.plugin.evidence.EvidenceKey;
import fi.signspace.plugin.evidence.EvidenceKeys;
import fi.signspace.plugin.evidence.EvidenceVerifier;
import fi.signspace.plugin.evidence.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * {@code verify --keys KEYS EVIDENCE FILE…}: verifies that evidence is genuine and covers exactly
 * these files. It makes no network calls, and trusts only the keys in KEYS.
 */
public final class VerifyCommand {

  /** The first word of the command line. */
  public static final String NAME = "verify";

  private static final String USAGE =
      """
      Usage: java -jar signspace-process.jar verify --keys KEYS EVIDENCE FILE…
        KEYS      the JWK set of GET /api/evidence-keys, or a public key in PEM
        EVIDENCE  what GET /api/signing-requests/{id}/evidence returns
        FILE…     every signed document of the request
      The exit code is 0 if the evidence is genuine, every document that it covers is there and
      every file is covered by it; otherwise 1.""";

  private static final int MAX_KEYS_LENGTH = 1_000_000;
  private static final int MAX_PDF_LENGTH = 200_000_000;

  /** Far above SignSpace's limit (60 MB); a larger file was given by mistake. */
  private static final long MAX_FILE_LENGTH = 1L << 30;

  private static final int BUFFER = 1 << 16;

  private final PrintStream out;

  public VerifyCommand(PrintStream out) {
    this.out = out;
  }

  /** A problem that the user has to solve; the message is a sentence. */
  private static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * @param arguments the arguments after the command's name
   * @return the exit code: 0 if valid, otherwise 1
   */
  public int run(List<String> arguments) {
    try {
      return isValid(arguments) ? 0 : 1;
    } catch (RefusedException e) {
      print(e.getMessage());
    } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
      print("This cannot be verified (%s).".formatted(shown(String.valueOf(e))));
    }
    return 1;
  }

  private boolean isValid(List<String> arguments) throws RefusedException {
    if (arguments.size() < 3 || !arguments.get(0).equals("--keys")) {
      throw new RefusedException(USAGE);
    }
    List<String> documents = arguments.subList(3, arguments.size());
    if (documents.isEmpty()) {
      throw new RefusedException(
          "No document was given: evidence alone proves nothing about a file.\n" + USAGE);
    }
    EvidenceKeys keys = keys(arguments.get(1));
    String evidence = arguments.get(2);
    byte[] content = bytes(evidence, EvidenceVerifier.MAX_LENGTH);
    List<SuppliedFile> files = new ArrayList<>();
    for (String document : documents) {
      files.add(new SuppliedFile(shown(document), sha256(document)));
    }
    boolean isValid =
        report(evidence, new EvidenceVerifier(keys).verify(content, Coverage.of(files)), documents);
    for (String document : documents) {
      for (String remark : remarks(document)) {
        print("%s: %s".formatted(shown(document), remark));
      }
    }
    print(isValid ? "VALID" : "NOT VALID");
    return isValid;
  }

  /** Remarks do not affect the result, not even if there is too little memory for them. */
  private static List<String> remarks(String document) throws RefusedException {
    try {
      byte[] content = bytes(document, MAX_PDF_LENGTH);
      if (content.length <= MAX_PDF_LENGTH) {
        return PdfSignatures.remarks(content);
      }
    } catch (OutOfMemoryError | StackOverflowError e) {
      // reported below
    }
    return List.of("It is too large to check the signatures inside.");
  }

  private boolean report(String evidence, Verification result, List<String> documents)
      throws RefusedException {
    if (result instanceof Verification.Valid valid) {
      printDetails(valid.evidence(), keyOf(valid.key()));
      earlySignatures(valid.evidence()).forEach(this::print);
      if (valid.evidence().participants().isEmpty()) {
        print("Who was asked to sign is not known.");
      }
      print("The evidence is genuine and covers exactly the files that were given.");
      return true;
    }
    if (result instanceof Verification.Invalid invalid) {
      printDetails(invalid.evidence(), keyOf(invalid.key()));
      invalid.mismatches().forEach(mismatch -> print(shown(mismatch)));
    } else if (result instanceof Verification.UnknownKey unknown) {
      printDetails(unknown.claimed(), shown(unknown.keyId()));
      unknown.mismatches().forEach(mismatch -> print(shown(mismatch)));
      print(
          "The evidence is%s signed by a key that you have not given: anyone could have written it."
              .formatted(unknown.mismatches().isEmpty() ? " intact, but" : ""));
    } else if (result instanceof Verification.NotGenuine notGenuine) {
      print("%s: %s".formatted(shown(evidence), shown(notGenuine.reason())));
      for (String document : documents) {
        if (EvidenceVerifier.looksLikeEvidence(bytes(document, EvidenceVerifier.MAX_LENGTH))) {
          print("%s is evidence: give it before the documents.".formatted(shown(document)));
        }
      }
    }
    return false;
  }

  /** Reports signatures that were given before documents were replaced. */
  private static List<String> earlySignatures(Evidence evidence) {
    return Objects.requireNonNullElse(evidence.signatures().given(), List.<Evidence.Signature>of())
        .stream()
        .filter(given -> given.documentsReplacedAt() != null)
        .map(
            given ->
                "%s signed at %s, before documents were replaced at %s."
                    .formatted(
                        shown(String.valueOf(given.signedBy())),
                        given.signedAt(),
                        given.documentsReplacedAt()))
        .toList();
  }

  private void printDetails(Evidence evidence, String key) {
    print("Process instance: %s".formatted(shown(evidence.instance().id())));
    print("Title: %s".formatted(shown(evidence.request().title())));
    print(
        "Signing request: %s in %s"
            .formatted(shown(evidence.request().id()), shown(evidence.request().apiUrl())));
    print("Issued: %s".formatted(evidence.issuedAt()));
    print("Key: %s".formatted(key));
  }

  private static String keyOf(EvidenceKey key) {
    return key.until() == null ? key.id() : "%s, retired on %s".formatted(key.id(), key.until());
  }

  private static EvidenceKeys keys(String file) throws RefusedException {
    String text = new String(bytes(file, MAX_KEYS_LENGTH), StandardCharsets.UTF_8);
    try {
      return EvidenceKeys.forVerification(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "%s %s.".formatted(shown(file), shown(String.valueOf(e.getMessage()))));
    }
  }

  /** Reads at most one byte more than the limit, so that the reader rejects it as too long. */
  private static byte[] bytes(String file, int limit) throws RefusedException {
    try (InputStream in = open(file)) {
      return in.readNBytes(limit + 1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static String sha256(String file) throws RefusedException {
    try (InputStream in = open(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      long length = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        length += read;
        requireLength(file, length); // it may grow while it is being read
      }
      if (length == 0) {
        throw new RefusedException("%s is empty.".formatted(shown(file)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream open(String file) throws RefusedException, IOException {
    try {
      Path path = Path.of(file);
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new RefusedException("%s is a directory, not a file.".formatted(shown(file)));
      }
      if (!attributes.isRegularFile()) {
        throw new RefusedException(
            "%s is a device or a pipe, which may have no end: save its content as a file, and give that."
                .formatted(shown(file)));
      }
      requireLength(file, attributes.size());
      return Files.newInputStream(path);
    } catch (InvalidPathException e) {
      throw new RefusedException(
          "%s is not a valid file name on this system.".formatted(shown(file)));
    }
  }

  private static void requireLength(String file, long length) throws RefusedException {
    if (length > MAX_FILE_LENGTH) {
      throw new RefusedException(
          "%s is too large to be a signed document (more than %s bytes)."
              .formatted(shown(file), MAX_FILE_LENGTH));
    }
  }

  private static RefusedException unreadable(String file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "does not exist"
            : e instanceof AccessDeniedException
                ? "cannot be read: permission denied"
                : "cannot be read (%s)".formatted(e.getClass().getSimpleName());
    return new RefusedException("%s %s.".formatted(shown(file), why));
  }

  /** Replaces characters that a terminal would interpret. */
  private static String shown(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }

  private void print(String sentence) {
    out.println(sentence);
  }
}
