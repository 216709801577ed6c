package fi.signspace.plugin.worker.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Comparator.comparingLong;

import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.text.FileType;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Determines which document a signed file belongs to. An incrementally signed PDF begins with the
 * whole sent document, which is proof; otherwise a unique file name is accepted. SignSpace
 * guarantees neither the order nor the number of signed files.
 */
final class DocumentMatcher {

  /** Within how many bytes readers search the end of a PDF. */
  private static final int PDF_END = 1024;

  private final List<SentDocument> open;

  /**
   * @param candidates each is matched at most once
   */
  DocumentMatcher(List<SentDocument> candidates) {
    open = new ArrayList<>(candidates);
  }

  /** The document that this file is the signed version of, if it can be determined. */
  Optional<SentDocument> match(Document signed) {
    Optional<SentDocument> found =
        beginningOf(signed.content(), signed.name()).or(() -> named(signed.name()));
    found.ifPresent(open::remove);
    return found;
  }

  /**
   * The document that the content begins with: the longest if there are several; of identical ones
   * the one with this name, or else the first.
   */
  Optional<SentDocument> beginningOf(byte[] content, String name) {
    List<SentDocument> bySize =
        open.stream()
            .filter(sent -> sent.size() > 0 && sent.size() <= content.length)
            .sorted(comparingLong(SentDocument::size))
            .toList();
    Map<Long, String> digests = digests(content, bySize);
    return bySize.stream()
        .filter(sent -> sent.sha256().equals(digests.get(sent.size())))
        .filter(sent -> sent.size() == content.length || isPdf(content, sent.size()))
        .reduce((one, next) -> isBetter(next, one, name) ? next : one);
  }

  /** Whether the first bytes are a whole PDF: its own first ones are those of others, too. */
  static boolean isPdf(byte[] content, long length) {
    int end = Math.toIntExact(length);
    int from = Math.max(0, end - PDF_END);
    String last = new String(content, from, end - from, ISO_8859_1);
    return FileType.of(content) == FileType.PDF && last.contains("%%EOF");
  }

  private static boolean isBetter(SentDocument next, SentDocument one, String name) {
    return next.size() > one.size() || (isNamed(next, name) && !isNamed(one, name));
  }

  /** The digest of each prefix, in one pass. */
  private static Map<Long, String> digests(byte[] content, List<SentDocument> bySize) {
    Map<Long, String> digests = new HashMap<>();
    MessageDigest digest = Sha256.digest();
    int done = 0;
    for (SentDocument sent : bySize) {
      int end = Math.toIntExact(sent.size());
      digest.update(content, done, end - done);
      done = end;
      digests.computeIfAbsent(sent.size(), size -> Sha256.hex(copyOf(digest)));
    }
    return digests;
  }

  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Every JVM can copy its digests", e);
    }
  }

  /** Whether one of the documents has this name. */
  boolean hasName(String name) {
    return open.stream().anyMatch(sent -> isNamed(sent, name));
  }

  private Optional<SentDocument> named(String name) {
    List<SentDocument> found = open.stream().filter(sent -> isNamed(sent, name)).toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static boolean isNamed(SentDocument sent, String name) {
    return comparable(sent.fileName()).equals(comparable(name));
  }

  private static String comparable(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
