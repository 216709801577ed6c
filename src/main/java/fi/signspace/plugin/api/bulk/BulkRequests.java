package fi.signspace.plugin.api.bulk;

import static java.util.stream.Collectors.toSet;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SigningRequestView;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.camunda.bpm.engine.history.HistoricVariableInstance;

/** Finds the requests of lists, whether the caller may see them or not. */
final class BulkRequests {

  private static final int AT_ONCE = 500;

  private final HistoryService history;
  private final RequestQueries requests;
  private final EngineTransactions engine;

  BulkRequests(HistoryService history, RequestQueries requests, EngineTransactions engine) {
    this.history = history;
    this.requests = requests;
    this.engine = engine;
  }

  /**
   * Returns the requests of some rows of a list.
   *
   * @param keys at most a part
   */
  List<SigningRequestView> ofList(String list, Collection<String> keys) {
    return requests.viewsOf(engine.withoutAuthorization(() -> query(list, keys).list()));
  }

  /** Which of these rows of a list have been started. */
  Set<String> startedOfList(String list, Collection<String> keys) {
    return keys(query(list, keys));
  }

  /** Which of these keys are those of requests of any list. */
  Set<String> startedOfAnyList(List<String> keys) {
    return keys(
        keys, query -> query.rootProcessInstances().variableValueLike(BulkProcess.LIST, "%"));
  }

  /** Which of these keys are those of requests that have not ended, of lists or not. */
  Set<String> open(List<String> keys) {
    return keys(keys, HistoricProcessInstanceQuery::unfinished);
  }

  /**
   * The ids of all requests that an upload has started, in portions that one query can name: the
   * engine searches instances by a variable and a further condition many times slower.
   */
  List<Set<String>> started(String bulk) {
    List<String> ids =
        engine.withoutAuthorization(
            () ->
                history
                    .createHistoricVariableInstanceQuery()
                    .processDefinitionKey(SigningProcess.KEY)
                    .variableName(BulkProcess.ROW + bulk)
                    .list()
                    .stream()
                    .map(HistoricVariableInstance::getProcessInstanceId)
                    .toList());
    return portions(ids, AT_ONCE).map(Set::copyOf).toList();
  }

  /** Which of these requests may have other people or documents than when they were started. */
  Set<String> corrected(Set<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : Set.copyOf(
            ids(
                List.of(ids),
                ids.size(),
                query ->
                    query.executedActivityIdIn(
                        SigningProcess.CORRECTION, SigningProcess.REPLACEMENT)));
  }

  /** Which of these requests an upload has started. */
  Set<String> startedBy(String bulk, Collection<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : engine.withoutAuthorization(
            () ->
                history
                    .createHistoricVariableInstanceQuery()
                    .variableName(BulkProcess.ROW + bulk)
                    .processInstanceIdIn(ids.toArray(String[]::new))
                    .list()
                    .stream()
                    .map(HistoricVariableInstance::getProcessInstanceId)
                    .collect(toSet()));
  }

  /**
   * The ids of those that meet a condition.
   *
   * @param most the maximum number of ids
   */
  List<String> ids(
      List<Set<String>> started, int most, UnaryOperator<HistoricProcessInstanceQuery> condition) {
    return engine.withoutAuthorization(
        () ->
            started.stream()
                .flatMap(ids -> condition.apply(ofLists().processInstanceIds(ids)).list().stream())
                .map(HistoricProcessInstance::getId)
                .limit(most)
                .toList());
  }

  /**
   * Counts the requests that meet a condition: running ones by their task, ended ones by the
   * outcome in their variables.
   */
  long count(List<Set<String>> started, UnaryOperator<HistoricProcessInstanceQuery> condition) {
    return engine.withoutAuthorization(
        () ->
            started.stream()
                .mapToLong(ids -> condition.apply(ofLists().processInstanceIds(ids)).count())
                .sum());
  }

  /** The keys of all rows of a list that have been started. */
  Set<String> keysOfList(String list) {
    return keys(ofLists().variableValueEquals(BulkProcess.LIST, list));
  }

  private Set<String> keys(
      List<String> keys, UnaryOperator<HistoricProcessInstanceQuery> condition) {
    return portions(keys, SealedRows.SIZE)
        .map(some -> query().processInstanceBusinessKeyIn(some.toArray(String[]::new)))
        .flatMap(query -> keys(condition.apply(query)).stream())
        .collect(toSet());
  }

  private static Stream<List<String>> portions(List<String> all, int size) {
    return IntStream.iterate(0, from -> from < all.size(), from -> from + size)
        .mapToObj(from -> all.subList(from, Math.min(from + size, all.size())));
  }

  private Set<String> keys(HistoricProcessInstanceQuery query) {
    return engine.withoutAuthorization(
        () -> query.list().stream().map(HistoricProcessInstance::getBusinessKey).collect(toSet()));
  }

  private HistoricProcessInstanceQuery query(String list, Collection<String> keys) {
    return ofLists()
        .processInstanceBusinessKeyIn(keys.toArray(String[]::new))
        .variableValueEquals(BulkProcess.LIST, list);
  }

  /**
   * A calling process may pass on variables of a list; lists start instances that have no caller.
   */
  private HistoricProcessInstanceQuery ofLists() {
    return query().rootProcessInstances();
  }

  private HistoricProcessInstanceQuery query() {
    return history.createHistoricProcessInstanceQuery().processDefinitionKey(SigningProcess.KEY);
  }
}
