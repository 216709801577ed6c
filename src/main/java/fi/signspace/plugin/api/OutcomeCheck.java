package fi.signspace.plugin.api;

import org.camunda.bpm.engine.history.HistoricProcessInstance;

/**
 * Whether an instance ended as cancelled or abandoned as it claims to have. The claim is a variable
 * that anybody may have written, so it is compared with what only workers can have written.
 */
@FunctionalInterface
interface OutcomeCheck {

  /** Says so of every instance. */
  OutcomeCheck NONE = (instance, claimed) -> true;

  /**
   * @param claimed {@link Status#CANCELLED} or {@link Status#ABANDONED}
   */
  boolean confirms(HistoricProcessInstance instance, Status claimed);
}
