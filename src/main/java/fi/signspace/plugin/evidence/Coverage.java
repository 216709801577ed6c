package fi.signspace.plugin.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks whether evidence covers exactly the given documents; one sentence per mismatch. */
@FunctionalInterface
public interface Coverage {

  /**
   * The clocks of nodes differ by a few seconds at most; the clock of a remote engine may differ
   * more.
   */
  Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  List<String> mismatches(Evidence evidence);

  /**
   * A file to be compared with evidence.
   *
   * @param name the name for messages
   */
  record SuppliedFile(String name, String sha256) {}

  /** A File variable of a process instance. */
  record HeldDocument(String variable, String fileName, String sha256) {}

  /**
   * Compares files by content only, since they may have been renamed. Identical content counts as
   * often as it occurs.
   */
  static Coverage of(List<SuppliedFile> files) {
    return evidence -> {
      List<String> mismatches = new ArrayList<>();
      List<Evidence.SignedDocument> missing = new ArrayList<>(evidence.documentsSigned());
      for (SuppliedFile file : files) {
        if (!removeFirst(missing, file.sha256())) {
          mismatches.add(explain(evidence, file));
        }
      }
      missing.forEach(
          document ->
              mismatches.add(
                  "No file with the content of %s (%s) was given."
                      .formatted(document.variable(), document.fileName())));
      return mismatches;
    };
  }

  private static boolean removeFirst(List<Evidence.SignedDocument> documents, String sha256) {
    return documents.stream()
        .filter(document -> document.sha256().equals(sha256))
        .findFirst()
        .map(documents::remove)
        .orElse(false);
  }

  private static String explain(Evidence evidence, SuppliedFile file) {
    if (evidence.documentsSigned().stream().anyMatch(d -> d.sha256().equals(file.sha256()))) {
      return "%s was given more often than the evidence contains it.".formatted(file.name());
    }
    if (evidence.documentsSent().stream().anyMatch(d -> d.sha256().equals(file.sha256()))) {
      return "%s is the document that was sent, not the signed one.".formatted(file.name());
    }
    return "%s is not covered by the evidence: it was changed, or belongs to something else."
        .formatted(file.name());
  }

  /**
   * Compares the documents of an ended instance variable by variable.
   *
   * @param startedAt and
   * @param endedAt by the engine's record, between which the evidence must have been issued: a key
   *     that was retired cannot sign for an instance that ended later
   */
  static Coverage of(
      String instance, Instant startedAt, Instant endedAt, List<HeldDocument> documents) {
    return evidence -> {
      List<String> mismatches = new ArrayList<>();
      if (!evidence.instance().id().equals(instance)) {
        mismatches.add(
            "The evidence belongs to the process instance %s.".formatted(evidence.instance().id()));
      }
      if (evidence.issuedAt().isBefore(startedAt.minus(CLOCK_TOLERANCE))
          || evidence.issuedAt().isAfter(endedAt.plus(CLOCK_TOLERANCE))) {
        mismatches.add(
            "The evidence was issued at %s, when the instance was not running."
                .formatted(evidence.issuedAt()));
      }
      Map<String, HeldDocument> held = new LinkedHashMap<>();
      documents.forEach(document -> held.put(document.variable(), document));
      for (Evidence.SignedDocument signed : evidence.documentsSigned()) {
        HeldDocument document = held.remove(signed.variable());
        if (document == null) {
          mismatches.add("%s is missing.".formatted(signed.variable()));
        } else if (!document.sha256().equals(signed.sha256())) {
          mismatches.add("%s has different content.".formatted(signed.variable()));
        } else if (!document.fileName().equals(signed.fileName())) {
          mismatches.add(
              "%s has the name of another document (%s)."
                  .formatted(signed.variable(), document.fileName()));
        }
      }
      held.keySet()
          .forEach(
              variable -> mismatches.add("%s is not covered by the evidence.".formatted(variable)));
      return mismatches;
    };
  }
}
