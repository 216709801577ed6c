package fi.signspace.plugin.path;

import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that an instance waits for.
 *
 * @param activities the active activities
 * @param messages the messages that it can receive
 */
record Waiting(Set<String> activities, Set<String> messages) {

  /** The instance has ended. */
  static final Waiting FOR_NOTHING = at();

  static final Waiting FOR_SIGNATURES =
      at("userTask_manageSigning", "gateway_wait")
          .hearing("checkStatus", "cancelSigning", "replaceDocuments");

  static final Waiting WHILE_CANCELLED =
      at("userTask_decideCancelled", "gateway_wait").hearing("checkStatus", "reopenSigning");

  static final Waiting WITH_A_PROBLEM =
      at("userTask_resolveProblem", "gateway_wait")
          .hearing("checkStatus", "cancelSigning", "reopenSigning");

  Waiting {
    activities = new TreeSet<>(activities);
    messages = new TreeSet<>(messages);
  }

  static Waiting at(String... activities) {
    return new Waiting(Set.of(activities), Set.of());
  }

  Waiting hearing(String... words) {
    return new Waiting(activities, Set.of(words));
  }

  /** The same with another user task. */
  Waiting and(String activity) {
    Set<String> all = new TreeSet<>(activities);
    all.add(activity);
    return new Waiting(all, messages);
  }

  /** The wait state while a request in this phase is followed. */
  static Waiting inPhase(String phase) {
    return switch (phase) {
      case "awaiting" -> FOR_SIGNATURES;
      case "cancelled" -> WHILE_CANCELLED;
      case "problem" -> WITH_A_PROBLEM;
      default -> throw new IllegalArgumentException(phase);
    };
  }

  /** The same during a status check. */
  Waiting checking() {
    Set<String> checking = new TreeSet<>(activities);
    checking.remove("gateway_wait");
    checking.add("serviceTask_checkStatus");
    return new Waiting(checking, messages);
  }
}
