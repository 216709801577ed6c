package fi.signspace.plugin.api.escalation;

import fi.signspace.plugin.api.escalation.DeputyProperties.Absence;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who acts for a case worker who is away. A deputy who is away too is replaced by their own deputy,
 * and one who may not open signing requests is left out.
 */
final class Deputies {

  private final Map<String, Absence> absences;
  private final Clock clock;
  private final ZoneId zone;
  private final CaseWorkers caseWorkers;

  /**
   * @param zone in which days begin
   */
  Deputies(Map<String, Absence> absences, Clock clock, ZoneId zone, CaseWorkers caseWorkers) {
    this.absences = absences;
    this.clock = clock;
    this.zone = zone;
    this.caseWorkers = caseWorkers;
  }

  boolean isAway(String user) {
    return absence(user).isPresent();
  }

  /** The users who act for this one today; none if no deputy is able to. */
  Set<String> of(String absent) {
    Set<String> seen = new HashSet<>(Set.of(absent));
    return absence(absent).stream()
        .flatMap(absence -> present(absence.deputy(), seen))
        .filter(caseWorkers::mayOpen)
        .collect(Collectors.toSet());
  }

  private Stream<String> present(String deputy, Set<String> seen) {
    return caseWorkers.users(deputy).stream()
        .filter(seen::add)
        .flatMap(
            user ->
                absence(user)
                    .map(absence -> present(absence.deputy(), seen))
                    .orElseGet(() -> Stream.of(user)));
  }

  private Optional<Absence> absence(String user) {
    return Optional.ofNullable(absences.get(user))
        .filter(absence -> absence.includes(LocalDate.now(clock.withZone(zone))));
  }
}
