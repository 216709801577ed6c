package fi.signspace.plugin.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An external task as a model describes it.
 *
 * @param name what its label says, or its id
 * @param isFromTemplate whether an element template made it
 * @param inputs the variables of its input mapping, and whether each is given a value
 * @param hasOutputMapping whether it has an output mapping: then its results go where that says,
 *     and nowhere else
 * @param mapsState whether that mapping passes on the sealed state of the request
 * @param keptState the variable from which it reads that state and to which it writes it; null if
 *     these are two
 * @param isInMultiInstance whether a scope around it is repeated for several items
 */
public record ExternalStep(
    String id,
    String name,
    String topic,
    boolean isFromTemplate,
    Map<String, Boolean> inputs,
    boolean hasOutputMapping,
    boolean mapsState,
    @Nullable String keptState,
    boolean isInMultiInstance) {

  public ExternalStep {
    inputs = Map.copyOf(inputs);
  }

  /** Whether the model gives it a value for this input. */
  public boolean gives(String input) {
    return inputs.getOrDefault(input, false);
  }
}
