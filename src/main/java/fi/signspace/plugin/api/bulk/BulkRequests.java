package fi.signspace.plugin.api.bulk;

import static java.util.stream.Collectors.toSet;

import fi.signspace.plugin.api.EngineTransactions;
import fi.signspace.plugin.api.RequestQueries;
import fi.signspace.plugin.api.SigningRequestView;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;

/** Finds the requests of lists, whether the caller may see them or not. */
final class BulkRequests {

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
  Set<String> startedOfAnyList(Collection<String> keys) {
    return keys(
        query()
            .processInstanceBusinessKeyIn(keys.toArray(String[]::new))
            .variableValueLike(BulkProcess.LIST, "%"));
  }

  /**
   * The ids of requests that an upload has started.
   *
   * @param most the maximum number of ids
   */
  List<String> ids(String bulk, int most, UnaryOperator<HistoricProcessInstanceQuery> condition) {
    return engine.withoutAuthorization(
        () ->
            condition
                .apply(query().variableValueLike(BulkProcess.ROW + bulk, "%"))
                .listPage(0, most)
                .stream()
                .map(HistoricProcessInstance::getId)
                .toList());
  }

  /** The keys of all rows of a list that have been started. */
  Set<String> keysOfList(String list) {
    return keys(query().variableValueEquals(BulkProcess.LIST, list));
  }

  private Set<String> keys(HistoricProcessInstanceQuery query) {
    return engine.withoutAuthorization(
        () -> query.list().stream().map(HistoricProcessInstance::getBusinessKey).collect(toSet()));
  }

  /** Counts the requests that an upload has started; running ones by their task, ended by claim. */
  long count(String bulk, UnaryOperator<HistoricProcessInstanceQuery> condition) {
    return engine.withoutAuthorization(
        () -> condition.apply(query().variableValueLike(BulkProcess.ROW + bulk, "%")).count());
  }

  private HistoricProcessInstanceQuery query(String list, Collection<String> keys) {
    return query()
        .processInstanceBusinessKeyIn(keys.toArray(String[]::new))
        .variableValueEquals(BulkProcess.LIST, list);
  }

  private HistoricProcessInstanceQuery query() {
    return history.createHistoricProcessInstanceQuery().processDefinitionKey(SigningProcess.KEY);
  }
}
