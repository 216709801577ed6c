package fi.signspace.plugin.signing;

import java.time.*;
import org.jspecify.annotations.Nullable;

public final class StatusRules {
  public record Situation(@Nullable Instant dueDate, String toleratedStatus, int doubtfulChecks) {}

  public record Assessment(
      SigningPhase phase,
      String status,
      String problem,
      String toleratedStatus,
      int doubtfulChecks) {}

  public StatusRules(Clock clock, int doubtful) {}

  public Assessment assess(@Nullable RequestState s, Situation x) {
    if (s == null) return new Assessment(SigningPhase.PROBLEM, "missing", "missing", "", 0);
    SigningPhase p =
        s.isCompleteWithEvidence()
            ? SigningPhase.SIGNED
            : s.status() == SigningStatus.CANCELLED
                ? SigningPhase.CANCELLED
                : s.status() == SigningStatus.ON_HOLD
                    ? SigningPhase.PROBLEM
                    : SigningPhase.AWAITING;
    return new Assessment(p, s.status().text(), "", "", 0);
  }
}
