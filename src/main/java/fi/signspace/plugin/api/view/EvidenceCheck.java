package fi.signspace.plugin.api.view;

import fi.signspace.plugin.evidence.Coverage;
import fi.signspace.plugin.evidence.Coverage.HeldDocument;
import fi.signspace.plugin.evidence.Evidence;
import fi.signspace.plugin.evidence.EvidenceVerifier;
import fi.signspace.plugin.evidence.Verification;
import fi.signspace.plugin.signing.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.variable.value.FileValue;

/**
 * Verifies the evidence of ended instances, with one document in memory at a time. The variables of
 * an ended instance can be removed but not changed, so results are cached by the ids of the
 * variables.
 */
final class EvidenceCheck {

  /** Each takes a few hundred bytes per document and participant. */
  private static final int MAX_REMEMBERED = 2_000;

  /** How far the clocks of engine nodes may be apart. */
  private static final Duration ENGINE_CLOCKS = Duration.ofSeconds(10);

  private static final String KEY_MISSING =
      "This node cannot verify whether it was signed, since it lacks the key %s"
          + " (signspace.evidence.public-keys).";

  private static final String RETIRED =
      "The request claims to be signed, but the key of its evidence was retired before the request was started.";

  private static final String NOT_DOWNLOADED =
      "The request claims to be signed, but no worker downloaded its documents when its evidence was issued.";

  private final HistoryService history;
  private final EvidenceVerifier verifier;
  private final Map<List<String>, Outcome> remembered =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<List<String>, Outcome> eldest) {
              return size() > MAX_REMEMBERED;
            }
          });

  public EvidenceCheck(HistoryService history, EvidenceVerifier verifier) {
    this.history = history;
    this.verifier = verifier;
  }

  /**
   * @param files the instance's own File variables, evidence and documents; their values are not
   *     loaded yet
   */
  Outcome outcome(
      HistoricProcessInstance instance,
      HistoricVariableInstance evidence,
      List<HistoricVariableInstance> files) {
    List<String> ids = files.stream().map(HistoricVariableInstance::getId).sorted().toList();
    Outcome known = remembered.get(ids);
    if (known != null) {
      return known;
    }
    Outcome found = verify(instance, evidence, files);
    remembered.put(ids, found);
    return found;
  }

  private Outcome verify(
      HistoricProcessInstance instance,
      HistoricVariableInstance evidence,
      List<HistoricVariableInstance> files) {
    List<HeldDocument> documents =
        files.stream()
            .filter(file -> !file.getId().equals(evidence.getId()))
            .map(this::document)
            .toList();
    Verification result =
        verifier.verify(
            content(evidence.getId()),
            Coverage.of(
                instance.getId(),
                instance.getStartTime().toInstant(),
                instance.getEndTime().toInstant(),
                documents));
    if (result instanceof Verification.Valid valid) {
      return contradiction(instance, valid)
          .map(why -> new Outcome(Status.UNPROVEN, why, null, true))
          .orElseGet(
              () -> new Outcome(Status.SIGNED, null, ProvenRequest.of(valid.evidence()), true));
    }
    if (result instanceof Verification.UnknownKey unknown) {
      return unknown.mismatches().isEmpty()
          ? new Outcome(Status.UNVERIFIABLE, KEY_MISSING.formatted(unknown.keyId()), null, true)
          : unproven(unknown.mismatches(), isOf(instance, unknown.claimed()));
    }
    if (result instanceof Verification.Invalid invalid) {
      return unproven(invalid.mismatches(), isOf(instance, invalid.evidence()));
    }
    return unproven(List.of(((Verification.NotGenuine) result).reason()), false);
  }

  /**
   * What the engine's own record says against genuine evidence: it was restored from an earlier
   * time, or forged with the key of another time.
   */
  private Optional<String> contradiction(
      HistoricProcessInstance instance, Verification.Valid valid) {
    RecordedSteps steps = new RecordedSteps(history, instance);
    Instant issued = valid.evidence().issuedAt();
    if (valid.key().isRetiredBy(instance.getStartTime().toInstant())) {
      return Optional.of(RETIRED);
    }
    Optional<Instant> downloaded = steps.endOfDownloadAround(issued, Coverage.CLOCK_TOLERANCE);
    if (downloaded.isEmpty()) {
      return Optional.of(NOT_DOWNLOADED);
    }
    return steps.goOnAfter(downloaded.get().plus(ENGINE_CLOCKS))
        ? Optional.of(Outcome.NOT_LAST)
        : Optional.empty();
  }

  private static boolean isOf(HistoricProcessInstance instance, Evidence evidence) {
    return evidence.instance().id().equals(instance.getId());
  }

  private static Outcome unproven(List<String> why, boolean hasEvidence) {
    return new Outcome(
        Status.UNPROVEN,
        "The request claims to be signed, but its evidence does not confirm it. "
            + String.join(" ", why),
        null,
        hasEvidence);
  }

  private HeldDocument document(HistoricVariableInstance variable) {
    Optional<FileValue> file = file(variable.getId());
    String fileName = file.map(FileValue::getFilename).orElse("");
    try (InputStream content = content(file)) {
      return new HeldDocument(variable.getName(), fileName, Sha256.of(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads at most one byte more than the maximum size of evidence. */
  private byte[] content(String id) {
    try (InputStream content = content(file(id))) {
      return content.readNBytes(EvidenceVerifier.MAX_LENGTH + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The engine returns no stream for an empty file. */
  static InputStream content(Optional<FileValue> file) {
    return file.map(FileValue::getValue).orElseGet(InputStream::nullInputStream);
  }

  /** Empty if the history clean-up has removed the variable since it was listed. */
  private Optional<FileValue> file(String id) {
    return Optional.ofNullable(
            history.createHistoricVariableInstanceQuery().variableId(id).singleResult())
        .map(variable -> (FileValue) variable.getTypedValue());
  }
}
