package fi.signspace.plugin.api;

import fi.signspace.plugin.process.SigningProcess;
import java.util.HashMap;
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
  private final EngineCalls engine;
  private final KeyLock lock;
  private final DocumentVariables documents;

  RequestStarter(
      RuntimeService runtime,
      HistoryService history,
      EngineCalls engine,
      KeyLock lock,
      DocumentVariables documents) {
    this.runtime = runtime;
    this.history = history;
    this.engine = engine;
    this.lock = lock;
    this.documents = documents;
  }

  Started start(GivenRequest request) {
    return engine.together(() -> new Started(start(request, Map.of()), true));
  }

  /**
   * Starts an instance unless the key has started one already.
   *
   * @throws RefusedException if it was another request that the key has started
   */
  Started startOnce(GivenRequest request, IdempotencyKey key) {
    return engine.together(
        () -> lock.whileHeld(key.marker(), () -> startUnlessStarted(request, key)));
  }

  private Started startUnlessStarted(GivenRequest request, IdempotencyKey key) {
    Optional<HistoricVariableInstance> mark = mark(key);
    if (mark.isEmpty()) {
      return new Started(start(request, Map.of(key.marker(), key.fingerprint())), true);
    }
    if (!key.fingerprint().equals(mark.get().getValue())) {
      throw new RefusedException(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "Idempotency-Key is already used",
          "Another request has been sent with this Idempotency-Key; every request needs one of its"
              + " own.");
    }
    return new Started(mark.get().getProcessInstanceId(), false);
  }

  private Optional<HistoricVariableInstance> mark(IdempotencyKey key) {
    return Optional.ofNullable(
        engine.permitted(
            () ->
                history
                    .createHistoricVariableInstanceQuery()
                    .variableName(key.marker())
                    .singleResult()));
  }

  private String start(GivenRequest request, Map<String, String> marks) {
    Map<String, Object> variables = new HashMap<>(StartVariables.of(request.variables()));
    variables.putAll(marks);
    String id = start(request.tenantId(), request.businessKey(), variables);
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
      throw RefusedException.notDeployed(tenant);
    } catch (ProcessEngineException e) {
      throw String.valueOf(e.getMessage()).contains(OTHER_TENANT)
          ? RefusedException.otherTenant(String.valueOf(tenant))
          : e;
    }
  }
}
