package fi.signspace.plugin.model;

import java.util.List;
import java.util.Map;

/**
 * An external task in a model.
 *
 * @param name its label, or its id
 * @param isFromTemplate whether it uses an element template
 * @param inputs the variables of its input mapping, and whether each has a value
 * @param hasOutputMapping whether it has an output mapping, which then determines where all results
 *     go
 * @param mapsState whether that mapping passes on the sealed state of the request
 * @param stateVariable the variable to which it writes its state
 * @param keepsState whether it also reads it from there
 * @param isInSubProcess whether it is within a sub-process
 * @param isInMultiInstance whether it is within a multi-instance scope
 * @param subProcessesInItem the sub-processes around it inside the multi-instance item, innermost
 *     first
 */
public record ExternalStep(
    String id,
    String name,
    String topic,
    boolean isFromTemplate,
    Map<String, Boolean> inputs,
    boolean hasOutputMapping,
    boolean mapsState,
    String stateVariable,
    boolean keepsState,
    boolean isInSubProcess,
    boolean isInMultiInstance,
    List<String> subProcessesInItem) {

  public ExternalStep {
    inputs = Map.copyOf(inputs);
    subProcessesInItem = List.copyOf(subProcessesInItem);
  }

  /** Whether the model sets this input. */
  public boolean sets(String input) {
    return inputs.getOrDefault(input, false);
  }
}
