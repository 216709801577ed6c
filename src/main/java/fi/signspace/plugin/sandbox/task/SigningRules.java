package fi.signspace.plugin.sandbox.task;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Returns why a person cannot sign or decline a signing request; empty if they can. */
public final class SigningRules {

  private SigningRules() {}

  public static Optional<String> whyNotSign(Task task, Participant person, Instant now) {
    Optional<String> objection = whyNotAct(task, person);
    return objection.isEmpty() && task.settings().overdueSigningDisabled() && task.isOverdue(now)
        ? Optional.of("The due date has passed, and signing after it is disabled")
        : objection;
  }

  public static Optional<String> whyNotDecline(Task task, Participant person) {
    return task.settings().cannotSignDisabled()
        ? Optional.of("Declining is disabled")
        : whyNotAct(task, person);
  }

  private static Optional<String> whyNotAct(Task task, Participant person) {
    if (task.state() != Task.State.PENDING) {
      String state = task.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return Optional.of("The signing request is " + state);
    }
    if (!person.signer()) {
      return Optional.of(person.handle() + " only watches");
    }
    if (person.hasSigned() || person.hasDeclined()) {
      return Optional.of(person.handle() + " has signed or declined already");
    }
    return isPreceded(task, person)
        ? Optional.of("Others sign before " + person.handle())
        : Optional.empty();
  }

  private static boolean isPreceded(Task task, Participant person) {
    return task.settings().orderRespected()
        && task.signers().stream()
            .anyMatch(other -> other.position() < person.position() && !other.hasSigned());
  }
}
