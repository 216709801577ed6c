package fi.signspace.plugin.evidence.command;

import fi.signspace.plugin.evidence.Coverage;
import fi.signspace.plugin.evidence.Coverage.GivenFile;
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
 * {@code verify --keys KEYS EVIDENCE FILE…}: whether evidence is genuine and covers exactly these
 * files. It asks nothing of a network, and believes no key but those in KEYS.
 */
public final class VerifyCommand {

  /** The word that begins the command line. */
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

  /** Far above what SignSpace takes (60 MB); a larger file was given by mistake. */
  private static final long MAX_FILE_LENGTH = 1L << 30;

  private static final int BUFFER = 1 << 16;

  private final PrintStream out;

  public VerifyCommand(PrintStream out) {
    this.out = out;
  }

  /** What a person has to do something about; the message is a sentence. */
  private static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * @param arguments those after the command's name
   * @return the exit code: 0, or 1 for everything else
   */
  public int run(List<String> arguments) {
    try {
      return isValid(arguments) ? 0 : 1;
    } catch (RefusedException e) {
      say(e.getMessage());
    } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
      say("This cannot be verified (%s).".formatted(e));
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
          "No document was given: evidence alone says nothing about a file.\n" + USAGE);
    }
    EvidenceKeys keys = keys(arguments.get(1));
    String evidence = arguments.get(2);
    byte[] content = bytes(evidence, EvidenceVerifier.MAX_LENGTH);
    List<GivenFile> files = new ArrayList<>();
    for (String document : documents) {
      files.add(new GivenFile(shown(document), sha256(document)));
    }
    boolean isValid =
        report(evidence, new EvidenceVerifier(keys).verify(content, Coverage.of(files)), documents);
    for (String document : documents) {
      for (String remark : remarks(document)) {
        say("%s: %s".formatted(shown(document), remark));
      }
    }
    say(isValid ? "VALID" : "NOT VALID");
    return isValid;
  }

  /** What is said here does not decide, not even where there is too little memory for it. */
  private static List<String> remarks(String document) throws RefusedException {
    try {
      byte[] content = bytes(document, MAX_PDF_LENGTH);
      if (content.length <= MAX_PDF_LENGTH) {
        return PdfSignatures.remarks(content);
      }
    } catch (OutOfMemoryError | StackOverflowError e) {
      // said below
    }
    return List.of("It is too large to look at the signatures inside.");
  }

  private boolean report(String evidence, Verification result, List<String> documents)
      throws RefusedException {
    if (result instanceof Verification.Valid valid) {
      tell(valid.evidence(), keyOf(valid.key()));
      earlySignatures(valid.evidence()).forEach(this::say);
      say("The evidence is genuine and covers exactly the files that were given.");
      return true;
    }
    if (result instanceof Verification.Invalid invalid) {
      tell(invalid.evidence(), keyOf(invalid.key()));
      invalid.mismatches().forEach(mismatch -> say(shown(mismatch)));
    } else if (result instanceof Verification.UnknownKey unknown) {
      tell(unknown.claimed(), shown(unknown.keyId()));
      unknown.mismatches().forEach(mismatch -> say(shown(mismatch)));
      say(
          "The evidence is%s signed by a key that you have not given: anybody could have written it."
              .formatted(unknown.mismatches().isEmpty() ? " intact, but" : ""));
    } else if (result instanceof Verification.NotGenuine notGenuine) {
      say("%s: %s".formatted(shown(evidence), shown(notGenuine.reason())));
      for (String document : documents) {
        if (EvidenceVerifier.looksLikeEvidence(bytes(document, EvidenceVerifier.MAX_LENGTH))) {
          say("%s is evidence: give it before the documents.".formatted(shown(document)));
        }
      }
    }
    return false;
  }

  /** They were given to documents that others have taken the place of. */
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

  private void tell(Evidence evidence, String key) {
    say("Process instance: %s".formatted(shown(evidence.instance().id())));
    say("Title: %s".formatted(shown(evidence.request().title())));
    say(
        "Signing request: %s in %s"
            .formatted(shown(evidence.request().id()), shown(evidence.request().apiUrl())));
    say("Issued: %s".formatted(evidence.issuedAt()));
    say("Key: %s".formatted(key));
  }

  private static String keyOf(EvidenceKey key) {
    return key.until() == null ? key.id() : "%s, retired on %s".formatted(key.id(), key.until());
  }

  private static EvidenceKeys keys(String file) throws RefusedException {
    String text = new String(bytes(file, MAX_KEYS_LENGTH), StandardCharsets.UTF_8);
    try {
      return EvidenceKeys.toVerifyWith(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("%s %s.".formatted(shown(file), e.getMessage()));
    }
  }

  /** At most one byte more than the limit: who reads it finds it too long. */
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
        requireLength(file, length); // it may grow while it is read
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
            "%s is a device or a pipe, which may have no end: save what it has as a file, and give that."
                .formatted(shown(file)));
      }
      requireLength(file, attributes.size());
      return Files.newInputStream(path);
    } catch (InvalidPathException e) {
      throw new RefusedException("%s is not a file name here.".formatted(shown(file)));
    }
  }

  private static void requireLength(String file, long length) throws RefusedException {
    if (length > MAX_FILE_LENGTH) {
      throw new RefusedException(
          "%s is too large to be a signed document (more than %d bytes)."
              .formatted(shown(file), MAX_FILE_LENGTH));
    }
  }

  private static RefusedException unreadable(String file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "does not exist"
            : e instanceof AccessDeniedException
                ? "may not be read by you"
                : "cannot be read (%s)".formatted(e.getClass().getSimpleName());
    return new RefusedException("%s %s.".formatted(shown(file), why));
  }

  /** Nothing that a terminal would obey. */
  private static String shown(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }

  private void say(String sentence) {
    out.println(sentence);
  }
}
