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
 * Starts process instances, with one document in memory at a time; workers see an instance only
 * when it is complete. With an {@code Idempotency-Key}, at most one instance is ever started.
 */
public final class RequestStarter {

  /**
   * The result of a start.
   *
   * @param isNew false if an earlier call with the same key has started it
   */
  public record Started(String id, boolean isNew) {}

  /** The engine's message for callers of another tenant; there is no specific exception. */
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

  public Started start(NewRequest request) {
    return engine.inTransaction(() -> new Started(startInstance(request), true));
  }

  /**
   * Starts an instance unless the key has already started one.
   *
   * @throws ProblemException if the key was used for a different request
   */
  Started startOnce(NewRequest request, IdempotencyKey key) {
    return engine.inTransaction(
        () -> lock.whileHeld(key.marker(), () -> startUnlessStarted(request, key)));
  }

  private Started startUnlessStarted(NewRequest request, IdempotencyKey key) {
    Optional<HistoricVariableInstance> mark = mark(key);
    if (mark.isEmpty()) {
      String id = startInstance(request);
      // not one of the start variables, since callers may not write it
      engine.withoutAuthorization(
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
          "A different request was sent with this Idempotency-Key; every request needs one of its"
              + " own.");
    }
    return new Started(mark.get().getProcessInstanceId(), false);
  }

  /** Finds the marker in an instance that this user has started, as recorded by the engine. */
  private Optional<HistoricVariableInstance> mark(IdempotencyKey key) {
    String user = engine.user();
    return engine.withoutAuthorization(
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
    engine.withoutAuthorization(() -> documents.save(id, request.documents()));
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
