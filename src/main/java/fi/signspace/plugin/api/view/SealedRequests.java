package fi.signspace.plugin.api.view;

import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.encryption.UnknownSealKeyException;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Reads what has been sent from the state sealed by the workers. */
public final class SealedRequests {

  private final StateSeal seal;
  private final HistoryService history;

  public SealedRequests(StateSeal seal, HistoryService history) {
    this.seal = seal;
    this.history = history;
  }

  /**
   * Returns what an instance has sent; empty if nothing. A running instance with an unreadable
   * state counts as not sent, since workers do not act on it.
   *
   * @param state the instance's own variable {@code signingState}
   */
  Optional<ProvenRequest> of(HistoricProcessInstance instance, @Nullable TypedValue state) {
    String sealed = text(state);
    if (sealed.isEmpty()) {
      return Optional.empty();
    }
    if (areReadable()) {
      try {
        return own(instance, sealed).filter(s -> s.request() != null).map(ProvenRequest::of);
      } catch (UnknownSealKeyException | BrokenSealException e) {
        // handled below
      }
    }
    return instance.getEndTime() == null ? Optional.empty() : Optional.of(ProvenRequest.UNREADABLE);
  }

  /** Returns the state of an instance; empty if there is none that this node can read. */
  public Optional<SigningState> state(HistoricProcessInstance instance) {
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance.getId())
        .activityInstanceIdIn(instance.getId())
        .variableName(SigningVariables.SIGNING_STATE.name())
        .disableCustomObjectDeserialization()
        .list()
        .stream()
        .map(HistoricVariableInstance::getTypedValue)
        .findFirst()
        .flatMap(value -> state(instance, value));
  }

  /**
   * The same, if its variable has been read.
   *
   * @param state the instance's own variable {@code signingState}
   */
  Optional<SigningState> state(HistoricProcessInstance instance, @Nullable TypedValue state) {
    String sealed = text(state);
    if (sealed.isEmpty() || !areReadable()) {
      return Optional.empty();
    }
    try {
      return own(instance, sealed);
    } catch (UnknownSealKeyException | BrokenSealException e) {
      return Optional.empty();
    }
  }

  /** Whether this node has a key for states. */
  boolean areReadable() {
    return seal.isReadable();
  }

  /**
   * @throws UnknownSealKeyException if this node lacks the key of the state
   * @throws BrokenSealException if no worker has sealed it
   */
  Optional<SigningState> own(HistoricProcessInstance instance, String sealed) {
    return Optional.of(seal.open(sealed))
        .filter(s -> s.binding().processInstanceId().equals(instance.getId()));
  }

  /** A long state is stored as a JSON string. */
  static String text(@Nullable TypedValue state) {
    if (state == null || state.getType() == null) {
      return "";
    }
    return state instanceof SerializableValue json
        ? String.valueOf(json.getValueSerialized()).replace("\"", "")
        : state.getValue() instanceof String text ? text : "";
  }
}
