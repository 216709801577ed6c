package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.bulk.SealedRows.SealedRow;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.encryption.ListSeal;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.springframework.http.HttpStatus;

/** Reads lists, running or ended, from the engine's history. */
final class BulkStore {

  private final HistoryService history;
  private final RuntimeService runtime;
  private final EngineTransactions engine;
  private final ListSeal seal;

  BulkStore(
      HistoryService history, RuntimeService runtime, EngineTransactions engine, ListSeal seal) {
    this.history = history;
    this.runtime = runtime;
    this.engine = engine;
    this.seal = seal;
  }

  /**
   * @throws ProblemException if there is none
   */
  HistoricProcessInstance instance(String id) {
    return Optional.ofNullable(
            engine.withoutAuthorization(
                () ->
                    history
                        .createHistoricProcessInstanceQuery()
                        .processDefinitionKey(BulkProcess.KEY)
                        .processInstanceId(id)
                        .singleResult()))
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "No such list",
                    "There is no list %s.".formatted(PersonalIdentityCode.masked(id))));
  }

  List<HistoricProcessInstance> newest(int most) {
    return engine.withoutAuthorization(
        () ->
            history
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(BulkProcess.KEY)
                .orderByProcessInstanceStartTime()
                .desc()
                .listPage(0, most));
  }

  /** The identity codes of a part; history does not have them. */
  SealedCodes codes(String id, int number) {
    return running(id, BulkProcess.CODES + number)
        .map(VariableInstance::getValue)
        .map(byte[].class::cast)
        .map(bytes -> SealedCodes.open(bytes, seal, id, number))
        .orElseGet(() -> SealedCodes.none(id, number));
  }

  /**
   * @throws BrokenSealException if it is missing
   */
  FileValue document(String id, String variable) {
    return running(id, variable)
        .map(VariableInstance::getTypedValue)
        .map(FileValue.class::cast)
        .orElseThrow(
            () -> new BrokenSealException("the document %s is missing".formatted(variable)));
  }

  /** Finds one variable; {@code getVariable} would load the rows of all of the instance. */
  private Optional<VariableInstance> running(String id, String variable) {
    return Optional.ofNullable(
        engine.withoutAuthorization(
            () ->
                runtime
                    .createVariableInstanceQuery()
                    .executionIdIn(id)
                    .variableName(variable)
                    .singleResult()));
  }

  int rows(String id) {
    return number(id, BulkProcess.ROWS);
  }

  int rowsStarted(String id) {
    return number(id, BulkProcess.ROWS_STARTED);
  }

  private int number(String id, String variable) {
    return value(id, variable)
        .map(HistoricVariableInstance::getValue)
        .map(Integer.class::cast)
        .orElse(0);
  }

  /**
   * @param number from 1
   * @throws BrokenSealException if it is not what was validated for this list and place
   */
  SealedRows part(String id, int number) {
    return value(id, BulkProcess.PORTION + number)
        .map(HistoricVariableInstance::getValue)
        .map(byte[].class::cast)
        .map(bytes -> SealedRows.open(bytes, seal, id, number))
        .orElseThrow(() -> new BrokenSealException("part %s is missing".formatted(number)));
  }

  /** All parts, one after the other; only one is in memory. */
  Stream<SealedRows> parts(String id) {
    int count = (rows(id) + SealedRows.SIZE - 1) / SealedRows.SIZE;
    return IntStream.rangeClosed(1, count).mapToObj(number -> part(id, number));
  }

  /** The keys of the rows that an upload has started, even if history no longer has the request. */
  Set<String> startedKeys(String id) {
    return parts(id)
        .flatMap(part -> part.rows().stream())
        .limit(rowsStarted(id))
        .map(SealedRow::key)
        .collect(Collectors.toSet());
  }

  boolean isCancelled(HistoricProcessInstance instance) {
    return instance.getEndTime() != null
        && (!HistoricProcessInstance.STATE_COMPLETED.equals(instance.getState())
            || engine.withoutAuthorization(
                () ->
                    history
                            .createHistoricActivityInstanceQuery()
                            .processInstanceId(instance.getId())
                            .activityId(BulkProcess.CANCELLED)
                            .count()
                        > 0));
  }

  static boolean isSuspended(HistoricProcessInstance instance) {
    return HistoricProcessInstance.STATE_SUSPENDED.equals(instance.getState());
  }

  private Optional<HistoricVariableInstance> value(String id, String variable) {
    return Optional.ofNullable(
        engine.withoutAuthorization(
            () ->
                history
                    .createHistoricVariableInstanceQuery()
                    .processInstanceId(id)
                    .variableName(variable)
                    .singleResult()));
  }
}
