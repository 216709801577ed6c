package fi.signspace.plugin.api.view;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.Paths;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.webhook.ReportedStatus.Reported;
import fi.signspace.plugin.environment.DocumentReads;
import fi.signspace.plugin.environment.Spool;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Variable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads running and ended requests from the engine's history. The engine decides which instances a
 * caller sees; reading their details needs no further permission. A page needs a fixed number of
 * queries, whatever its size.
 */
public final class RequestQueries {

  private static final String[] VARIABLES =
      Stream.of(
              Stream.of(
                  "title", SigningVariables.SIGNING_OUTCOME, SigningVariables.SIGNING_EVIDENCE),
              Stream.of(
                      SigningVariables.PROBLEM,
                      SigningVariables.SIGNING_STATE,
                      SigningVariables.SIGNING_REQUEST_ID,
                      SigningVariables.SIGNING_REQUEST_URL,
                      SigningVariables.SIGNING_STATUS,
                      SigningVariables.SIGNATURES_REQUESTED,
                      SigningVariables.SIGNATURES_COMPLETED,
                      SigningVariables.SIGNATURES,
                      SigningVariables.DUE_AT,
                      SigningVariables.LAST_CHECK_AT,
                      SigningVariables.NEXT_CHECK_AT,
                      SigningVariables.NEXT_NOTICE_AT)
                  .map(Variable::name))
          .flatMap(names -> names)
          .toArray(String[]::new);

  private final RequestSearch search;
  private final HistoryService history;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final EngineTransactions engine;
  private final Outcome.Reader outcomes;
  private final DocumentReads reads;

  RequestQueries(
      RequestSearch search,
      HistoryService history,
      RuntimeService runtime,
      TaskService tasks,
      EngineTransactions engine,
      Outcome.Reader outcomes,
      DocumentReads reads) {
    this.search = search;
    this.history = history;
    this.runtime = runtime;
    this.tasks = tasks;
    this.engine = engine;
    this.outcomes = outcomes;
    this.reads = reads;
  }

  /**
   * Returns one request.
   *
   * @throws ProblemException if there is no request that the caller may see
   */
  public SigningRequestView get(String id) {
    return view(instance(id));
  }

  public SigningRequestView view(HistoricProcessInstance instance) {
    return views(List.of(instance)).get(0);
  }

  /** Returns the request that the caller has just started, and may therefore see. */
  public SigningRequestView started(String id) {
    return engine.withoutAuthorization(() -> get(id));
  }

  public SigningRequestPage page(PageRequest wanted) {
    var criteria =
        new RequestSearch.Criteria(wanted.status(), wanted.businessKey(), wanted.search());
    long total = search.count(criteria);
    List<SigningRequestView> views =
        views(search.find(criteria, wanted.sort(), wanted.offset(), wanted.size()));
    return new SigningRequestPage(
        views, wanted.page(), wanted.size(), total, wanted.links(Paths.signingRequests(), total));
  }

  /**
   * Returns how a request is reported; empty if it is no longer in the engine's history.
   *
   * @param id the id of the process instance
   */
  Optional<Reported> reported(String id) {
    return engine.withoutAuthorization(
        () ->
            Optional.ofNullable(query().processInstanceId(id).singleResult()).map(this::reported));
  }

  /**
   * Returns the ids of the requests that a search finds, oldest first.
   *
   * @param most the maximum number of ids
   */
  public List<String> ids(@Nullable Status status, @Nullable String businessKey, int most) {
    return search
        .find(
            new RequestSearch.Criteria(status, businessKey, null),
            PageRequest.Sort.OLDEST_FIRST,
            0,
            most)
        .stream()
        .map(HistoricProcessInstance::getId)
        .toList();
  }

  /** Returns those of some requests that the caller may see, by their ids. */
  public Map<String, SigningRequestView> visible(Collection<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return views(query().processInstanceIds(Set.copyOf(ids)).list()).stream()
        .collect(toMap(SigningRequestView::id, view -> view));
  }

  /** Returns some requests, regardless of the caller's permissions. */
  public List<SigningRequestView> viewsOf(List<HistoricProcessInstance> instances) {
    return engine.withoutAuthorization(() -> views(instances));
  }

  private Reported reported(HistoricProcessInstance instance) {
    String[] ids = {instance.getId()};
    Status status =
        builder(instance, byInstance(ids, false), byInstance(ids, true))
            .outcome(null, outcomes)
            .status();
    return new Reported(
        status.text(),
        instance.getBusinessKey(),
        instance.getEndTime() == null ? null : instance.getEndTime().toInstant());
  }

  /**
   * Returns a signed document with its content.
   *
   * @throws ProblemException if there is none that the caller may see
   */
  public FileValue signedDocument(String id, int number) {
    if (get(id).signedDocuments().stream().noneMatch(document -> document.number() == number)) {
      throw ProblemException.noSignedDocument(number);
    }
    return file(id, SigningVariables.SIGNED_DOCUMENT + number)
        .orElseThrow(() -> ProblemException.noSignedDocument(number));
  }

  /**
   * Returns the evidence with its content.
   *
   * @throws ProblemException if there is none that the caller may see
   */
  public FileValue evidence(String id) {
    if (get(id).evidence() == null) {
      throw ProblemException.noEvidence();
    }
    return file(id, SigningVariables.SIGNING_EVIDENCE).orElseThrow(ProblemException::noEvidence);
  }

  /** Reads a file as {@link #file} does; empty if there is none. */
  Spool content(String id, String variable) throws IOException {
    return reads.spooled(
        out -> {
          try (InputStream content = EvidenceCheck.content(file(id, variable))) {
            content.transferTo(out);
          }
        });
  }

  /**
   * Reads a variable of the instance itself: an activity may have a local variable of the same
   * name.
   */
  private Optional<FileValue> file(String id, String variable) {
    return Optional.ofNullable(
            engine.withoutAuthorization(
                () ->
                    history
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(id)
                        .activityInstanceIdIn(id)
                        .variableName(variable)
                        .singleResult()))
        .map(HistoricVariableInstance::getTypedValue)
        .filter(FileValue.class::isInstance)
        .map(FileValue.class::cast);
  }

  /**
   * Returns the process instance of one request.
   *
   * @throws ProblemException if there is no request that the caller may see
   */
  public HistoricProcessInstance instance(String id) {
    return Optional.ofNullable(query().processInstanceId(id).singleResult())
        .orElseThrow(() -> ProblemException.notFound(id));
  }

  private HistoricProcessInstanceQuery query() {
    return history.createHistoricProcessInstanceQuery().processDefinitionKey(SigningProcess.KEY);
  }

  private List<SigningRequestView> views(List<HistoricProcessInstance> instances) {
    if (instances.isEmpty()) {
      return List.of();
    }
    String[] ids = instances.stream().map(HistoricProcessInstance::getId).toArray(String[]::new);
    return engine.withoutAuthorization(
        () -> {
          // before the variables that the steps before it have written
          Map<String, String> userTasks = userTasks(ids);
          Set<String> stuck = stuck(ids);
          Map<String, List<HistoricVariableInstance>> values = byInstance(ids, false);
          Map<String, List<HistoricVariableInstance>> documents = byInstance(ids, true);
          return instances.stream()
              .map(
                  instance ->
                      builder(instance, values, documents)
                          .build(
                              userTasks.get(instance.getId()),
                              stuck.contains(instance.getId()),
                              outcomes))
              .toList();
        });
  }

  private static ViewBuilder builder(
      HistoricProcessInstance instance,
      Map<String, List<HistoricVariableInstance>> values,
      Map<String, List<HistoricVariableInstance>> documents) {
    return new ViewBuilder(
        instance,
        values.getOrDefault(instance.getId(), List.of()),
        documents.getOrDefault(instance.getId(), List.of()));
  }

  private Map<String, List<HistoricVariableInstance>> byInstance(
      String[] instances, boolean documents) {
    var query =
        history
            .createHistoricVariableInstanceQuery()
            .processInstanceIdIn(instances)
            .disableBinaryFetching()
            .disableCustomObjectDeserialization();
    if (documents) {
      query.variableNameLike(SigningVariables.SIGNED_DOCUMENT + "%");
    } else {
      query.variableNameIn(VARIABLES);
    }
    return query.list().stream()
        .collect(groupingBy(HistoricVariableInstance::getProcessInstanceId));
  }

  private Map<String, String> userTasks(String[] instances) {
    return tasks
        .createTaskQuery()
        .processInstanceIdIn(instances)
        .taskDefinitionKeyIn(Status.userTasks())
        .list()
        .stream()
        .collect(
            toMap(
                Task::getProcessInstanceId, Task::getTaskDefinitionKey, (first, second) -> first));
  }

  private Set<String> stuck(String[] instances) {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceIds(Set.of(instances))
        .withIncident()
        .list()
        .stream()
        .map(ProcessInstance::getId)
        .collect(toSet());
  }
}
