package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.UserAddresses;
import fi.signspace.plugin.api.mail.NotifiedRequests;
import fi.signspace.plugin.api.view.SigningRequestView.Participant;
import fi.signspace.plugin.api.view.SigningRequestView.Signature;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.input.StartOption;
import fi.signspace.plugin.signing.text.Handles;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.jspecify.annotations.Nullable;

/** Reads what mails say about a request, and to whom they are sent. */
final class NotifiedRequestReader implements NotifiedRequests {

  private static final String REQUESTER = StartOption.REQUESTER.variable();
  private static final String LANGUAGE = StartOption.RECIPIENT_LANGUAGE.variable();
  private static final String ESCALATED_TO = SigningVariables.ESCALATED_TO.name();

  /** A mail to more people would be a circular, not an escalation. */
  private static final int MAX_RESPONSIBLE = 50;

  /** SignSpace documents no order. */
  private static final Comparator<Signature> IN_ORDER =
      Comparator.comparing(
          Signature::signedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

  private final RequestQueries queries;
  private final HistoryService history;
  private final IdentityService identity;
  private final UserAddresses addresses;
  private final EngineTransactions engine;

  NotifiedRequestReader(
      RequestQueries queries,
      HistoryService history,
      IdentityService identity,
      EngineTransactions engine) {
    this.queries = queries;
    this.history = history;
    this.identity = identity;
    this.addresses = new UserAddresses(identity);
    this.engine = engine;
  }

  @Override
  public Optional<NotifiedRequest> of(String id) {
    return engine.withoutAuthorization(
        () -> {
          HistoricProcessInstance instance =
              history.createHistoricProcessInstanceQuery().processInstanceId(id).singleResult();
          return Optional.ofNullable(instance).map(this::read);
        });
  }

  private NotifiedRequest read(HistoricProcessInstance instance) {
    SigningRequestView view = queries.view(instance);
    Map<String, String> texts = texts(instance.getId());
    List<Participant> participants = Objects.requireNonNullElse(view.participants(), List.of());
    List<Signature> signatures = Objects.requireNonNullElse(view.signatures(), List.of());
    return new NotifiedRequest(
        Objects.requireNonNullElse(view.title(), ""),
        view.businessKey(),
        view.signingRequestId(),
        view.status().text(),
        view.endedAt() != null,
        texts.containsKey(BulkProcess.LIST),
        texts.get(LANGUAGE),
        requester(instance, texts.get(REQUESTER)).orElse(null),
        moment(view.dueAt()),
        view.signaturesRequested(),
        view.signaturesCompleted(),
        persons(participants, signatures),
        signatures.stream()
            .sorted(IN_ORDER)
            .map(signature -> Optional.ofNullable(signature.signedBy()))
            .toList(),
        responsible(texts.get(ESCALATED_TO)));
  }

  /** SignSpace asks each signer once, even if documents were replaced after a signature. */
  private static List<Person> persons(List<Participant> participants, List<Signature> signatures) {
    Set<String> signed =
        signatures.stream()
            .flatMap(signature -> Stream.ofNullable(signature.signedBy()))
            .map(Handles::key)
            .collect(Collectors.toSet());
    // where the order is respected, only those whose turn it is can sign
    String awaited =
        participants.stream().anyMatch(one -> "next".equals(one.state())) ? "next" : "waiting";
    return participants.stream()
        .map(
            one ->
                new Person(
                    one.handle(),
                    Objects.requireNonNullElse(one.displayName(), one.handle()),
                    one.signs(),
                    "signed".equals(one.state()),
                    awaited.equals(one.state()) && !signed.contains(Handles.key(one.handle()))))
        .toList();
  }

  /** The instance's own variables of type text. */
  private Map<String, String> texts(String id) {
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(id)
        .variableNameIn(REQUESTER, LANGUAGE, ESCALATED_TO, BulkProcess.LIST)
        .disableBinaryFetching()
        .disableCustomObjectDeserialization()
        .list()
        .stream()
        .filter(variable -> id.equals(variable.getActivityInstanceId()))
        .filter(
            variable ->
                variable.getTypedValue() instanceof StringValue text && text.getValue() != null)
        .collect(
            Collectors.toMap(
                HistoricVariableInstance::getName,
                variable -> String.valueOf(variable.getValue()).strip(),
                (first, second) -> first));
  }

  /** By default the user who started the request, or the process that called it. */
  private Optional<String> requester(HistoricProcessInstance instance, @Nullable String given) {
    return Stream.of(
            Optional.ofNullable(given).filter(Handles::isEmail),
            Optional.ofNullable(instance.getStartUserId()).flatMap(addresses::of),
            root(instance).flatMap(addresses::of))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> root(HistoricProcessInstance instance) {
    return Optional.ofNullable(instance.getRootProcessInstanceId())
        .filter(root -> !root.equals(instance.getId()))
        .map(
            root ->
                history.createHistoricProcessInstanceQuery().processInstanceId(root).singleResult())
        .map(HistoricProcessInstance::getStartUserId);
  }

  private List<String> responsible(@Nullable String userOrGroup) {
    if (userOrGroup == null || userOrGroup.isEmpty()) {
      return List.of();
    }
    return Stream.concat(
            Stream.ofNullable(identity.createUserQuery().userId(userOrGroup).singleResult()),
            identity
                .createUserQuery()
                .memberOfGroup(userOrGroup)
                .listPage(0, MAX_RESPONSIBLE)
                .stream())
        .map(User::getEmail)
        .filter(Objects::nonNull)
        .map(String::strip)
        .toList();
  }

  private static @Nullable Instant moment(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
