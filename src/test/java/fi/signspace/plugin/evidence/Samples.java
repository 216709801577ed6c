package fi.signspace.plugin.evidence;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import fi.signspace.plugin.evidence.Coverage.SuppliedFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random genuine sets of evidence and documents, reproducible by seed. */
public final class Samples {

  public static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

  /** Quotes, a line break, multi-byte letters, composed and decomposed, and an emoji. */
  private static final List<String> TITLES =
      List.of(
          "Lease of Mannerheimintie 12 A 4",
          "Äiti ja sopimus",
          "A\u0308iti \"x\"\n\u202Ey\u202C/..",
          "租约 \uD83D\uDE80",
          "not told",
          ".",
          "");

  private Samples() {}

  /** Evidence and the documents that it covers, in its order. */
  public record Signed(Evidence evidence, List<byte[]> documents) {

    /** The documents as supplied for verification. */
    public List<SuppliedFile> files() {
      return IntStream.range(0, documents.size())
          .mapToObj(i -> new SuppliedFile("file" + i + ".pdf", sha256(documents.get(i))))
          .toList();
    }
  }

  /** A secret from which keys are derived. */
  public static EvidenceSecret secret(String text) {
    return purpose -> digest((text + purpose).getBytes(StandardCharsets.UTF_8));
  }

  /** The keys of a node that signs. */
  public static EvidenceKeys keys(String secret) {
    return EvidenceKeys.of(KeyReader.derived(secret(secret)), List.of());
  }

  /** The keys of a node that no longer has this secret, whose key was retired at this time. */
  public static EvidenceKeys retired(String secret, Instant until) {
    ECKey key =
        new ECKey.Builder(KeyReader.derived(secret(secret)).jwk().toPublicJWK())
            .expirationTime(Date.from(until))
            .build();
    return EvidenceKeys.forVerification(new JWKSet(key).toString());
  }

  public static byte[] sign(Evidence evidence, EvidenceKeys keys) {
    return new EvidenceSigner(keys).sign(evidence).content();
  }

  /** Creates a set with one to five documents, some of them identical now and then. */
  public static Signed signed(long seed) {
    Random random = new Random(seed);
    List<byte[]> documents = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      documents.add(
          i > 0 && random.nextInt(5) == 0
              ? documents.get(0)
              : ("%PDF-1.7 signed " + random.nextLong()).getBytes(StandardCharsets.UTF_8));
    }
    return new Signed(evidence(random, documents), documents);
  }

  /** Creates a set with these documents. */
  public static Signed covering(List<byte[]> documents) {
    return new Signed(evidence(new Random(documents.size()), documents), documents);
  }

  /** Creates evidence of this instance and these documents. */
  public static Evidence evidence(
      String instance, Instant issuedAt, List<Evidence.SignedDocument> documents) {
    Evidence other = signed(0).evidence();
    return new Evidence(
        new Evidence.Instance(instance, "signing-request:1:1", null, ""),
        other.request(),
        other.participants(),
        other.documentsSent(),
        other.signatures(),
        documents,
        other.signSpace(),
        other.engine(),
        issuedAt);
  }

  /** Describes a document as evidence covers it. */
  public static Evidence.SignedDocument document(String variable, String fileName, byte[] content) {
    return new Evidence.SignedDocument(
        variable, fileName, "application/pdf", content.length, sha256(content), "s", null);
  }

  private static Evidence evidence(Random random, List<byte[]> documents) {
    String instance = new UUID(random.nextLong(), random.nextLong()).toString();
    List<Evidence.SentDocument> sent = new ArrayList<>();
    List<Evidence.SignedDocument> signed = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      byte[] original = original(documents.get(i));
      sent.add(
          new Evidence.SentDocument(
              "document" + (i + 1),
              "lease " + i + ".pdf",
              original.length,
              sha256(original),
              "f" + i,
              maybe(random, NOW.minusSeconds(500))));
      signed.add(
          new Evidence.SignedDocument(
              "signedDocument" + (i + 1),
              "lease " + i + ".pdf",
              "application/pdf",
              documents.get(i).length,
              sha256(documents.get(i)),
              "s" + i,
              maybe(random, "f" + i)));
    }
    return new Evidence(
        new Evidence.Instance(
            instance, "signing-request:1:" + random.nextInt(99), maybe(random, "lease-4711"), ""),
        new Evidence.Request(
            "https://app.signspace.com/api/v1",
            Long.toHexString(random.nextLong()),
            random.nextBoolean() ? List.of() : List.of("former"),
            TITLES.get(random.nextInt(TITLES.size())),
            "robot@example.com"),
        List.of(
            new Evidence.Participant("anna@example.com", "signer", maybe(random, "Anna Ääri")),
            new Evidence.Participant("ben@example.com", "watcher", null)),
        sent,
        new Evidence.Signatures(
            maybe(
                random,
                List.of(
                    new Evidence.Signature(
                        maybe(random, "anna@example.com"),
                        maybe(random, NOW.minusSeconds(60)),
                        maybe(random, NOW.minusSeconds(30))))),
            maybe(random, 1),
            maybe(random, 1)),
        signed,
        new Evidence.Times(maybe(random, NOW.minusSeconds(590)), NOW),
        maybe(
            random,
            new Evidence.EngineRecord(
                NOW.minusSeconds(900),
                maybe(random, "clara"),
                List.of(
                    new Evidence.Decision(
                        NOW.minusSeconds(300), maybe(random, "clara"), "userTask_manageSigning")))),
        NOW);
  }

  /** The sent document; the signed one begins with it. */
  public static byte[] original(byte[] signed) {
    return Arrays.copyOf(signed, signed.length - 3);
  }

  private static <T> @Nullable T maybe(Random random, T value) {
    return random.nextInt(3) == 0 ? null : value;
  }

  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest(bytes));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
