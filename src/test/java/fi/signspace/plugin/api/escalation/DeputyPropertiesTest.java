package fi.signspace.plugin.api.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.api.escalation.DeputyProperties.Absence;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeputyPropertiesTest {

  @Test
  void an_absence_has_a_deputy_and_may_have_dates() {
    DeputyProperties properties =
        bound(
            Map.of(
                "signspace.deputies.clara.deputy", "dora",
                "signspace.deputies.clara.from", "2026-12-21",
                "signspace.deputies.clara.until", "2027-01-06",
                "signspace.deputies.dora.deputy", "signing-heads"));

    assertThat(properties.deputies())
        .containsOnly(
            Map.entry(
                "clara", new Absence("dora", LocalDate.of(2026, 12, 21), LocalDate.of(2027, 1, 6))),
            Map.entry("dora", new Absence("signing-heads", null, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "from, 2026-12-21, signspace.deputies.clara.deputy is missing",
    "deputy, ' ', signspace.deputies.clara.deputy is missing"
  })
  void an_absence_without_a_deputy_is_refused(String field, String value, String reason) {
    assertThatThrownBy(() -> bound(Map.of("signspace.deputies.clara." + field, value)))
        .hasRootCauseMessage(reason + "; write the id of a user or group");
  }

  @Test
  void an_absence_that_ends_before_it_begins_is_refused() {
    assertThatThrownBy(
            () ->
                bound(
                    Map.of(
                        "signspace.deputies.clara.deputy", "dora",
                        "signspace.deputies.clara.from", "2026-12-21",
                        "signspace.deputies.clara.until", "2026-12-20")))
        .hasRootCauseMessage("signspace.deputies.clara.until is before from");
  }

  private static DeputyProperties bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind("signspace", DeputyProperties.class)
        .get();
  }
}
