package fi.signspace.plugin.api;

import fi.signspace.plugin.process.SigningProcess;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Starts a process instance, with one document after the other in memory; workers see it when all
 * of it is there. With an {@code Idempotency-Key}, one instance is all that ever starts.
 */
final class RequestStarter {

  /**
   * What came of it.
   *
   * @param isNew whether it has been started now, and not by an earlier call with the same key
   */
  record Started(String id, boolean isNew) {}

  /** The engine's words to a caller of another tenant; it has no exception for it. */
  private static final String OTHER_TENANT = "belongs to no authenticated tenant";

  private final RuntimeService runtime;
  private final HistoryService history;
  private final EngineTransactions engine;
  private final IdempotencyLock lock;
  private final DocumentVariables documents;

  RequestStarter(
      RuntimeService runtime,
      HistoryService history,
      EngineTransactions engine,
      IdempotencyLock lock,
      DocumentVariables documents) {
    this.runtime = runtime;
    this.history = history;
    this.engine = engine;
    this.lock = lock;
    this.documents = documents;
  }

  Started start(NewRequest request) {
    return engine.together(() -> new Started(startInstance(request), true));
  }

  /**
   * Starts an instance unless the key has started one already.
   *
   * @throws ProblemException if it was another request that the key has started
   */
  Started startOnce(NewRequest request, IdempotencyKey key) {
    return engine.together(
        () -> lock.whileHeld(key.marker(), () -> startUnlessStarted(request, key)));
  }

  private Started startUnlessStarted(NewRequest request, IdempotencyKey key) {
    Optional<HistoricVariableInstance> mark = mark(key);
    if (mark.isEmpty()) {
      String id = startInstance(request);
      // not among the start variables: callers may not write it
      engine.permitted(
          () -> {
            runtime.setVariable(id, key.marker(), key.fingerprint());
            return id;
          });
      return new Started(id, true);
    }
    if (!key.fingerprint().equals(mark.get().getValue())) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "Idempotency-Key is already used",
          "Another request has been sent with this Idempotency-Key; every request needs one of its"
              + " own.");
    }
    return new Started(mark.get().getProcessInstanceId(), false);
  }

  /** The mark in an instance that this very user has started, as the engine recorded it. */
  private Optional<HistoricVariableInstance> mark(IdempotencyKey key) {
    String user = engine.user();
    return engine.permitted(
        () ->
            history
                .createHistoricVariableInstanceQuery()
                .processDefinitionKey(SigningProcess.KEY)
                .variableName(key.marker())
                .disableCustomObjectDeserialization()
                .list()
                .stream()
                .filter(mark -> isStartedBy(user, mark.getProcessInstanceId()))
                .findFirst());
  }

  private boolean isStartedBy(String user, String instance) {
    return history
            .createHistoricProcessInstanceQuery()
            .processInstanceId(instance)
            .startedBy(user)
            .count()
        > 0;
  }

  private String startInstance(NewRequest request) {
    String id =
        start(request.tenantId(), request.businessKey(), StartVariables.of(request.variables()));
    engine.permitted(() -> documents.keep(id, request.documents()));
    return id;
  }

  private String start(
      @Nullable String tenant, @Nullable String businessKey, Map<String, Object> variables) {
    ProcessInstantiationBuilder start = runtime.createProcessInstanceByKey(SigningProcess.KEY);
    if (tenant == null) {
      start.processDefinitionWithoutTenantId();
    } else {
      start.processDefinitionTenantId(tenant);
    }
    try {
      return start.businessKey(businessKey).setVariables(variables).execute().getId();
    } catch (NullValueException e) {
      throw ProblemException.notDeployed(tenant);
    } catch (ProcessEngineException e) {
      throw String.valueOf(e.getMessage()).contains(OTHER_TENANT)
          ? ProblemException.otherTenant(String.valueOf(tenant))
          : e;
    }
  }
}
