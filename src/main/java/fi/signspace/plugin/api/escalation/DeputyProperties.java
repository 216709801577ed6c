package fi.signspace.plugin.api.escalation;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.format.annotation.DateTimeFormat;

/**
 * Case workers who are away, by their user id, and who acts for them.
 *
 * @param deputies each absence ({@code signspace.deputies.<id>.*})
 */
@ConfigurationProperties("signspace")
record DeputyProperties(@DefaultValue Map<String, Absence> deputies) {

  DeputyProperties {
    deputies.forEach(
        (user, absence) -> {
          if (absence.deputy() == null || absence.deputy().isBlank()) {
            throw invalid(user, "deputy", "is missing; write the id of a user or group");
          }
          if (absence.from() != null
              && absence.until() != null
              && absence.until().isBefore(absence.from())) {
            throw invalid(user, "until", "is before from");
          }
        });
    deputies = Map.copyOf(deputies);
  }

  /**
   * @param deputy a user or group that is offered the tasks of the absent user
   * @param from first day of the absence; without it, it has begun
   * @param until last day of the absence; without it, its end is open
   */
  record Absence(
      String deputy,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate until) {

    boolean includes(LocalDate day) {
      return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
    }
  }

  private static IllegalArgumentException invalid(String user, String field, String reason) {
    return new IllegalArgumentException(
        "signspace.deputies.%s.%s %s".formatted(user, field, reason));
  }
}
