package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.call.Paths;
import fi.signspace.plugin.api.view.SigningRequestView.Participant;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.signing.DocumentOrder;
import fi.signspace.plugin.signing.status.StatusRules;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.IntegerValue;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Builds the view of one process instance as a signing request. */
final class ViewBuilder {

  private static final String NUMBERED = SigningVariables.SIGNED_DOCUMENT + "[0-9]{1,5}";

  private final HistoricProcessInstance instance;
  private final List<HistoricVariableInstance> values;
  private final List<HistoricVariableInstance> documents;

  ViewBuilder(
      HistoricProcessInstance instance,
      List<HistoricVariableInstance> values,
      List<HistoricVariableInstance> documents) {
    this.instance = instance;
    this.values = values;
    this.documents = documents;
  }

  SigningRequestView build(@Nullable String userTask, boolean needsAdmin, Outcome.Reader outcomes) {
    Outcome outcome = outcome(userTask, outcomes);
    ProvenRequest sent = Objects.requireNonNullElseGet(outcome.sent(), this::unsent);
    ProvenRequest.Signed signed = signed(sent, outcome.status());
    String status = outcome.sent() == null ? null : status(outcome.sent());
    return new SigningRequestView(
        instance.getId(),
        instance.getBusinessKey(),
        sent.title(),
        participants(sent.participants(), signed, status),
        outcome.status(),
        problem(userTask, outcome),
        needsAdmin,
        isSuspended(instance),
        sent.id(),
        text(SigningVariables.SIGNING_REQUEST_URL),
        status,
        signed.requested(),
        signed.completed(),
        signed.given(),
        text(SigningVariables.DUE_AT),
        text(SigningVariables.LAST_CHECK_AT),
        text(SigningVariables.NEXT_CHECK_AT),
        text(SigningVariables.NEXT_NOTICE_AT),
        instance.getStartTime().toInstant(),
        instance.getEndTime() == null ? null : instance.getEndTime().toInstant(),
        outcome.hasSignedDocuments() ? signedDocuments() : List.of(),
        evidence().filter(e -> outcome.hasEvidence()).map(this::evidenceFile).orElse(null),
        Paths.signingRequest(instance.getId()));
  }

  /** Of a signed request, it is a decision that came too late. */
  private @Nullable String problem(@Nullable String userTask, Outcome outcome) {
    return userTask == null && outcome.status() != Status.SIGNED
        ? outcome.doubt()
        : text(SigningVariables.PROBLEM);
  }

  private @Nullable List<Participant> participants(
      @Nullable List<Participant> sent, ProvenRequest.Signed signed, @Nullable String status) {
    if (sent == null) {
      return null;
    }
    ParticipantStates states =
        new ParticipantStates(
            signed.completed(), signed.given(), sent, StatusRules.isDeclined(status));
    return sent.stream().map(states::of).toList();
  }

  /** Without evidence, it is the one that the workers have sealed. */
  private @Nullable String status(ProvenRequest sent) {
    if (sent.state() == null) {
      return text(SigningVariables.SIGNING_STATUS);
    }
    LastCheck last = sent.state().lastCheck();
    return last == null || last.status().isEmpty() ? null : last.status();
  }

  static boolean isSuspended(HistoricProcessInstance instance) {
    return HistoricProcessInstance.STATE_SUSPENDED.equals(instance.getState());
  }

  /** Returns the state, and the reason for a doubtful outcome. */
  Outcome outcome(@Nullable String userTask, Outcome.Reader outcomes) {
    return outcomes.of(
        instance,
        Status.of(instance, userTask, text(SigningVariables.SIGNING_OUTCOME)),
        Stream.concat(own(), evidence().stream()).toList(),
        value(SigningVariables.SIGNING_STATE.name()));
  }

  /** Before sending, the variables hold the request. */
  private ProvenRequest unsent() {
    return new ProvenRequest(
        text(SigningVariables.SIGNING_REQUEST_ID),
        text("title"),
        null,
        ProvenRequest.Signed.NOTHING,
        null);
  }

  /** Signatures that only variables contain are shown if the workers have written them. */
  private ProvenRequest.Signed signed(ProvenRequest sent, Status status) {
    SigningState state = sent.state();
    if (state == null || status == Status.UNPROVEN || status == Status.UNVERIFIABLE) {
      return sent.signatures();
    }
    Integer completed = state.lastCheck() == null ? null : state.lastCheck().signaturesCompleted();
    return new ProvenRequest.Signed(
        number(SigningVariables.SIGNATURES_REQUESTED),
        completed,
        Signatures.readSealed(value(SigningVariables.SIGNATURES.name()), state));
  }

  /**
   * The instance's own variables of signed documents; an activity may have local ones of the same
   * name.
   */
  private Stream<HistoricVariableInstance> own() {
    return documents.stream()
        .filter(document -> instance.getId().equals(document.getActivityInstanceId()))
        .filter(document -> document.getName().matches(NUMBERED))
        .filter(document -> document.getTypedValue() instanceof FileValue);
  }

  private Optional<HistoricVariableInstance> evidence() {
    return values.stream()
        .filter(value -> value.getName().equals(SigningVariables.SIGNING_EVIDENCE))
        .filter(value -> instance.getId().equals(value.getActivityInstanceId()))
        .filter(value -> value.getTypedValue() instanceof FileValue)
        .findFirst();
  }

  private SigningRequestView.EvidenceFile evidenceFile(HistoricVariableInstance evidence) {
    return new SigningRequestView.EvidenceFile(
        ((FileValue) evidence.getTypedValue()).getFilename(), Paths.evidence(instance.getId()));
  }

  private List<SigningRequestView.SignedDocument> signedDocuments() {
    return own()
        .sorted(Comparator.comparing(HistoricVariableInstance::getName, DocumentOrder.NATURAL))
        .map(document -> signedDocument(document.getName(), (FileValue) document.getTypedValue()))
        .toList();
  }

  private SigningRequestView.SignedDocument signedDocument(String variable, FileValue file) {
    int number = Integer.parseInt(variable.substring(SigningVariables.SIGNED_DOCUMENT.length()));
    return new SigningRequestView.SignedDocument(
        number,
        file.getFilename(),
        file.getMimeType(),
        Paths.signedDocument(instance.getId(), number));
  }

  private @Nullable String text(Variable<String> variable) {
    return text(variable.name());
  }

  /** Reads a variable of type text; a value of any other type is ignored, and not even loaded. */
  private @Nullable String text(String variable) {
    return value(variable) instanceof StringValue text && !isNullOrEmpty(text.getValue())
        ? text.getValue()
        : null;
  }

  private static boolean isNullOrEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  private @Nullable Integer number(Variable<Integer> variable) {
    return value(variable.name()) instanceof IntegerValue number ? number.getValue() : null;
  }

  /**
   * Reads a variable of the instance itself: an activity may have a local variable of the same
   * name.
   */
  private @Nullable TypedValue value(String variable) {
    return values.stream()
        .filter(value -> value.getName().equals(variable))
        .filter(value -> instance.getId().equals(value.getActivityInstanceId()))
        .map(HistoricVariableInstance::getTypedValue)
        .findFirst()
        .orElse(null);
  }
}
