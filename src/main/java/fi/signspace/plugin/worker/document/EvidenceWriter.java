package fi.signspace.plugin.worker.document;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fi.signspace.plugin.evidence.Evidence;
import fi.signspace.plugin.evidence.Evidence.Decision;
import fi.signspace.plugin.evidence.Evidence.EngineRecord;
import fi.signspace.plugin.evidence.Evidence.Instance;
import fi.signspace.plugin.evidence.Evidence.Participant;
import fi.signspace.plugin.evidence.Evidence.Request;
import fi.signspace.plugin.evidence.Evidence.Signature;
import fi.signspace.plugin.evidence.Evidence.Signatures;
import fi.signspace.plugin.evidence.Evidence.Times;
import fi.signspace.plugin.evidence.EvidenceSigner;
import fi.signspace.plugin.evidence.EvidenceSigner.EvidenceFile;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.worker.state.GivenSignatures;
import fi.signspace.plugin.worker.state.GivenSignatures.GivenSignature;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.RecordedInstance;
import fi.signspace.plugin.worker.task.Json;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the evidence of a signed request from the sealed state, SignSpace's response and the
 * engine's history, and never from variables.
 */
public final class EvidenceWriter {

  private static final int MAX_LENGTH = 2_000_000;

  /** Less than the engine accepts. */
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(2);

  private final EvidenceSigner signer;
  private final Clock clock;

  public EvidenceWriter(EvidenceSigner signer, Clock clock) {
    this.signer = signer;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** Evidence from a time at which the instance was not running would never be accepted. */
  private void requireTime(SigningTask task, Optional<RecordedInstance> instance) {
    Duration ahead = task.clockDifference();
    if (ahead.abs().compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
      throw new RetryLaterException(
          "The clock of this worker is %s the engine's (%s s), so the evidence would have a wrong time. Set the clock; the step then continues by itself"
              .formatted(ahead.isNegative() ? "behind" : "ahead of", ahead.abs().toSeconds()),
          MAX_CLOCK_DIFFERENCE);
    }
    Instant latest = now().plus(MAX_CLOCK_DIFFERENCE);
    instance
        .map(RecordedInstance::startTime)
        .filter(startedAt -> startedAt.isAfter(latest))
        .ifPresent(
            startedAt -> {
              throw new RetryLaterException(
                  "The clock was set back to a time before %s, when this process instance started, so the evidence would have a wrong time. The step continues by itself after that time"
                      .formatted(startedAt),
                  MAX_CLOCK_DIFFERENCE);
            });
  }

  /**
   * @param checkedAt when SignSpace reported the request as complete
   */
  Document of(SigningTask task, SigningState state, RequestState reported, Instant checkedAt) {
    Optional<RecordedInstance> instance = task.recordedInstance();
    requireTime(task, instance);
    SentRequest request = state.requireRequest();
    Creation creation = request.creation();
    Evidence evidence =
        new Evidence(
            new Instance(
                task.processInstanceId(),
                task.processDefinitionId(),
                task.businessKey().isEmpty() ? null : task.businessKey(),
                state.binding().requestName()),
            new Request(
                state.binding().apiUrl(),
                request.id(),
                state.formerRequestIds(),
                creation.title(),
                creation.actingHandle()),
            creation.knownParticipants().stream()
                .map(p -> new Participant(p.handle(), p.role(), p.displayName()))
                .toList(),
            sent(request),
            signatures(reported, request),
            signed(state),
            new Times(reported.createdAt(), checkedAt),
            instance.map(found -> engineRecord(task, found)).orElse(null),
            now());
    EvidenceFile file = signer.sign(evidence);
    return new Document(file.fileName(), file.mediaType(), file.content());
  }

  /**
   * Unverified claims of an evidence file.
   *
   * @param requestId the request that it claims to belong to; "" if it cannot be read
   * @param variables the variables that it claims to hold the signed documents
   */
  record Claim(String requestId, List<String> variables) {}

  Claim claimOf(InputStream evidence) {
    try (evidence) {
      String[] parts = new String(evidence.readNBytes(MAX_LENGTH), US_ASCII).split("\\.", -1);
      JsonNode claims =
          parts.length == 3
              ? Json.tree(Base64.getUrlDecoder().decode(parts[1]))
              : MissingNode.getInstance();
      return new Claim(
          claims.path("request").path("id").asText(),
          claims
              .path("documentsSigned")
              .valueStream()
              .map(document -> document.path("variable").asText())
              .toList());
    } catch (IOException | IllegalArgumentException e) {
      return new Claim("", List.of());
    }
  }

  private static List<Evidence.SentDocument> sent(SentRequest request) {
    return Stream.concat(
            request.documents().stream().map(document -> sent(document, null)),
            request.replaced().stream()
                .map(former -> sent(former.document(), Instant.parse(former.until()))))
        .toList();
  }

  private static Evidence.SentDocument sent(SentDocument document, @Nullable Instant replacedAt) {
    return new Evidence.SentDocument(
        document.variableName(),
        document.fileName(),
        document.size(),
        document.sha256(),
        document.fileId(),
        replacedAt);
  }

  private static Signatures signatures(RequestState reported, SentRequest request) {
    List<GivenSignature> signatures = GivenSignatures.of(reported, request);
    return new Signatures(
        reported.signedData() == null && signatures.isEmpty()
            ? null
            : signatures.stream()
                .map(
                    given ->
                        new Signature(
                            given.signedBy(), given.signedAt(), given.documentsReplacedAt()))
                .toList(),
        reported.signaturesRequested(),
        reported.signaturesCompleted());
  }

  private static List<Evidence.SignedDocument> signed(SigningState state) {
    return state.signed().stream()
        .map(
            document ->
                new Evidence.SignedDocument(
                    document.variableName(),
                    document.fileName(),
                    document.mediaType(),
                    document.size(),
                    document.sha256(),
                    document.signedFileId(),
                    document.fileId()))
        .toList();
  }

  private static EngineRecord engineRecord(SigningTask task, RecordedInstance instance) {
    return new EngineRecord(
        instance.startTime(),
        instance.startUserId(),
        task.decisions().stream().map(EvidenceWriter::decision).toList());
  }

  private static Decision decision(EngineHistory.RecordedDecision decision) {
    return new Decision(decision.endTime(), decision.completedBy(), decision.taskDefinitionKey());
  }
}
