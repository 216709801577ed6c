package fi.signspace.plugin.api;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.signing.DocumentOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Tells of one process instance as of a signing request. */
final class ViewBuilder {

  static final String OUTCOME = "signingOutcome";

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

  SigningRequestView build(@Nullable String userTask, boolean needsAdmin) {
    return new SigningRequestView(
        instance.getId(),
        instance.getBusinessKey(),
        text("title"),
        Status.of(instance, userTask, text(OUTCOME)),
        userTask == null ? null : text(SigningVariables.PROBLEM),
        needsAdmin,
        isSuspended(instance),
        text(SigningVariables.SIGNING_REQUEST_ID),
        text(SigningVariables.SIGNING_REQUEST_URL),
        text(SigningVariables.SIGNING_STATUS),
        number(SigningVariables.SIGNATURES_REQUESTED),
        number(SigningVariables.SIGNATURES_COMPLETED),
        json(SigningVariables.SIGNATURES),
        text(SigningVariables.DUE_AT),
        text(SigningVariables.LAST_CHECK_AT),
        text(SigningVariables.NEXT_CHECK_AT),
        moment(instance.getStartTime()),
        instance.getEndTime() == null ? null : moment(instance.getEndTime()),
        signedDocuments(),
        Paths.signingRequest(instance.getId()));
  }

  static boolean isSuspended(HistoricProcessInstance instance) {
    return HistoricProcessInstance.STATE_SUSPENDED.equals(instance.getState());
  }

  private List<SigningRequestView.SignedDocument> signedDocuments() {
    return documents.stream()
        .sorted(Comparator.comparing(HistoricVariableInstance::getName, DocumentOrder.NATURAL))
        .filter(document -> document.getName().matches(NUMBERED))
        .filter(document -> document.getTypedValue() instanceof FileValue)
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

  private @Nullable String text(String variable) {
    TypedValue value = value(variable);
    return value != null && value.getValue() instanceof String text && !text.isEmpty()
        ? text
        : null;
  }

  private @Nullable Integer number(Variable<Integer> variable) {
    TypedValue value = value(variable.name());
    return value != null && value.getValue() instanceof Integer number ? number : null;
  }

  private @Nullable String json(Variable<?> variable) {
    return value(variable.name()) instanceof SerializableValue json
        ? json.getValueSerialized()
        : null;
  }

  /** Of the instance itself: an activity may have a variable of the same name. */
  private @Nullable TypedValue value(String variable) {
    return values.stream()
        .filter(value -> value.getName().equals(variable))
        .filter(value -> instance.getId().equals(value.getActivityInstanceId()))
        .map(HistoricVariableInstance::getTypedValue)
        .findFirst()
        .orElse(null);
  }

  @SuppressWarnings("JavaUtilDate") // what the engine has
  private static Instant moment(Date date) {
    return Instant.ofEpochMilli(date.getTime());
  }
}
