package fi.signspace.plugin.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether evidence covers exactly the documents that are there: one sentence per mismatch. */
@FunctionalInterface
public interface Coverage {

  /** The clocks of nodes agree to within a few seconds; that of a remote engine may be worse. */
  Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  List<String> mismatches(Evidence evidence);

  /**
   * A file that somebody gives.
   *
   * @param name for messages
   */
  record GivenFile(String name, String sha256) {}

  /** A File variable of a process instance. */
  record HeldDocument(String variable, String fileName, String sha256) {}

  /**
   * Files are compared by content alone: they may have been renamed. The same content counts as
   * often as it is there.
   */
  static Coverage of(List<GivenFile> files) {
    return evidence -> {
      List<String> mismatches = new ArrayList<>();
      List<Evidence.SignedDocument> missing = new ArrayList<>(evidence.documentsSigned());
      for (GivenFile file : files) {
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

  private static String explain(Evidence evidence, GivenFile file) {
    if (evidence.documentsSigned().stream().anyMatch(d -> d.sha256().equals(file.sha256()))) {
      return "%s was given more often than the evidence has it.".formatted(file.name());
    }
    if (evidence.documentsSent().stream().anyMatch(d -> d.sha256().equals(file.sha256()))) {
      return "%s is the document that was sent, not the signed one.".formatted(file.name());
    }
    return "%s is not covered by the evidence: it was changed, or belongs to something else."
        .formatted(file.name());
  }

  /**
   * The documents of an instance that has ended are compared variable by variable.
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
            "The evidence is of the process instance %s.".formatted(evidence.instance().id()));
      }
      if (evidence.issuedAt().isBefore(startedAt.minus(CLOCK_TOLERANCE))
          || evidence.issuedAt().isAfter(endedAt.plus(CLOCK_TOLERANCE))) {
        mismatches.add(
            "The evidence was issued at %s, when the instance did not run."
                .formatted(evidence.issuedAt()));
      }
      Map<String, HeldDocument> held = new LinkedHashMap<>();
      documents.forEach(document -> held.put(document.variable(), document));
      for (Evidence.SignedDocument signed : evidence.documentsSigned()) {
        HeldDocument document = held.remove(signed.variable());
        if (document == null) {
          mismatches.add("%s is missing.".formatted(signed.variable()));
        } else if (!document.sha256().equals(signed.sha256())) {
          mismatches.add("%s has other content.".formatted(signed.variable()));
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
