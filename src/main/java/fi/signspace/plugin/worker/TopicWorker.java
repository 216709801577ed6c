package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.Variable;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries out the external tasks of one topic. */
interface TopicWorker {

  String topic();

  /** The variables to fetch with a task; empty for all of them. */
  Set<String> inputs();

  /**
   * Does the work of one task, so that doing it again does no harm. Whatever it throws is
   * interpreted in {@link OutcomeTable}.
   *
   * @return the variables to complete the task with
   */
  Outputs work(SigningTask task);

  /** Whether the work moves whole documents, and so is slow and takes memory. */
  default boolean carriesDocuments() {
    return false;
  }

  /**
   * Whether a person can correct what SignSpace refuses here; otherwise a refusal is an incident.
   */
  default boolean isInputCorrectable() {
    return false;
  }

  /** The names of variables, as {@link #inputs} wants them. */
  static Set<String> names(Variable<?>... variables) {
    return Stream.of(variables).map(Variable::name).collect(Collectors.toUnmodifiableSet());
  }
}
