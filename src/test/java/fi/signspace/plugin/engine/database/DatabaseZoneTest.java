package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.environment.UnsupportedSettingException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseZoneTest {

  @ParameterizedTest
  @CsvSource({
    // recorded, new, of the node, by its setting, used
    ", true, Europe/Helsinki, , UTC",
    ", true, Etc/UTC, TZ, UTC",
    ", false, Europe/Helsinki, , Europe/Helsinki",
    ", false, Europe/Helsinki, TZ, Europe/Helsinki",
    "UTC, false, Europe/Helsinki, , UTC",
    "UTC, false, GMT, -Duser.timezone, UTC",
    "Europe/Helsinki, false, UTC, , Europe/Helsinki",
    "Europe/Helsinki, false, Europe/Helsinki, TZ, Europe/Helsinki"
  })
  void a_node_uses_the_zone_of_the_tables(
      @Nullable String recorded,
      boolean isNew,
      String given,
      @Nullable String setting,
      String used) {
    assertThat(choose(recorded, isNew, given, setting)).isEqualTo(ZoneId.of(used));
  }

  @ParameterizedTest
  @CsvSource({
    ", true, Europe/Helsinki, TZ, UTC",
    "UTC, false, Europe/Helsinki, TZ, UTC",
    "Europe/Helsinki, false, UTC, -Duser.timezone, Europe/Helsinki"
  })
  void a_node_configured_with_another_zone_does_not_start(
      @Nullable String recorded, boolean isNew, String given, String setting, String needed) {
    assertThatThrownBy(() -> choose(recorded, isNew, given, setting))
        .isInstanceOf(UnsupportedSettingException.class)
        .hasMessageContaining(setting)
        .hasMessageContaining(given)
        .hasMessageContaining(needed);
  }

  private static ZoneId choose(
      @Nullable String recorded, boolean isNew, String given, @Nullable String setting) {
    return DatabaseZone.choose(
        recorded == null ? null : ZoneId.of(recorded),
        isNew,
        new DatabaseZone.Given(ZoneId.of(given), setting));
  }
}
