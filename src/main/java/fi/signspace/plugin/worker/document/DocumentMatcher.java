package fi.signspace.plugin.worker.document;

import static java.util.Comparator.comparingLong;

import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.text.FileType;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Determines which document a signed file belongs to. An incrementally signed PDF begins with the
 * whole sent document, which is proof; otherwise a unique file name is accepted. SignSpace
 * guarantees neither the order nor the number of signed files.
 */
final class DocumentMatcher {

  /** Not a number, as in "Offer 2026.1". */
  private static final Pattern EXTENSION = Pattern.compile("\\.\\p{Alpha}\\p{Alnum}{0,9}$");

  private final List<SentDocument> all;
  private final List<SentDocument> open;

  /**
   * @param documents each is matched at most once
   */
  DocumentMatcher(List<SentDocument> documents) {
    this(documents, documents);
  }

  /**
   * @param open those that have not been matched yet
   */
  DocumentMatcher(List<SentDocument> documents, List<SentDocument> open) {
    this.all = List.copyOf(documents);
    this.open = new ArrayList<>(open);
  }

  /**
   * The document that this file is the signed version of, if it can be determined. A file that
   * begins with another document is not that of its name.
   */
  Optional<SentDocument> match(Document signed) {
    Optional<SentDocument> proven = beginningOf(signed.content(), signed.name());
    Optional<SentDocument> found =
        proven.isPresent() ? proven.filter(open::contains) : named(signed.name());
    found.ifPresent(open::remove);
    return found;
  }

  /** The documents that have not been matched. */
  List<SentDocument> open() {
    return Collections.unmodifiableList(open);
  }

  /** Whether a file begins with one of the documents. */
  boolean isBegunBy(Document signed) {
    return beginningOf(signed.content(), signed.name()).isPresent();
  }

  /** Whether this is one more signed version of a document that has been matched. */
  boolean isCopy(Document signed) {
    return beginningOf(signed.content(), signed.name())
        .filter(document -> !open.contains(document))
        .isPresent();
  }

  /**
   * The document that the content begins with: the longest if there are several; of identical ones
   * the one with this name, or one that has not been matched, or else the first.
   */
  Optional<SentDocument> beginningOf(byte[] content, String name) {
    List<SentDocument> bySize =
        all.stream()
            .filter(sent -> sent.size() > 0 && sent.size() <= content.length)
            .sorted(comparingLong(SentDocument::size))
            .toList();
    Map<Long, String> digests = digests(content, bySize);
    return bySize.stream()
        .filter(sent -> sent.sha256().equals(digests.get(sent.size())))
        .filter(sent -> sent.size() == content.length || isPdf(content, sent.size()))
        .max(
            comparingLong(SentDocument::size)
                .thenComparing(sent -> isNamed(sent, name))
                .thenComparing(open::contains));
  }

  /** Whether the first bytes are a whole PDF: its own first ones are those of others, too. */
  static boolean isPdf(byte[] content, long length) {
    return FileType.of(content) == FileType.PDF
        && FileType.PDF.isWhole(content, Math.toIntExact(length));
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

  /** Whether one of all documents has this name, apart from its extension. */
  boolean hasNameLike(String name) {
    return all.stream().anyMatch(sent -> isNamedLike(sent, name));
  }

  /** Whether one of all documents is a PDF with this name, apart from its extension. */
  boolean hasNameLikePdf(String name) {
    return all.stream().anyMatch(sent -> isPdf(sent) && isNamedLike(sent, name));
  }

  /** A name without a known extension is often that of a PDF. */
  static boolean isPdf(SentDocument sent) {
    return FileType.claimedBy(sent.fileName()).filter(type -> type != FileType.PDF).isEmpty();
  }

  /**
   * Whether a document has this name. Its type may change, and so its extension, which may also be
   * added to the whole name.
   */
  static boolean isNamedLike(SentDocument sent, String name) {
    String own = sent.fileName();
    return stem(own).equals(stem(name))
        || comparable(own).equalsIgnoreCase(stem(name))
        || stem(own).equalsIgnoreCase(comparable(name));
  }

  /** Whether a document that has been matched has this name, and no other one. */
  boolean hasNameOfMatched(String name) {
    return !hasName(name)
        && all.stream().anyMatch(sent -> !open.contains(sent) && isNamed(sent, name));
  }

  private static String stem(String name) {
    return EXTENSION.matcher(comparable(name)).replaceFirst("").toLowerCase(Locale.ROOT);
  }

  private Optional<SentDocument> named(String name) {
    List<SentDocument> found = open.stream().filter(sent -> isNamed(sent, name)).toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  static boolean isNamed(SentDocument sent, String name) {
    return comparable(sent.fileName()).equals(comparable(name));
  }

  static boolean isNamedIgnoringCase(SentDocument sent, String name) {
    return comparable(sent.fileName()).equalsIgnoreCase(comparable(name));
  }

  private static String comparable(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
