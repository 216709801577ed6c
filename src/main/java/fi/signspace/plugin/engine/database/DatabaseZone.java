package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.UnsupportedSettingException;
import java.lang.management.ManagementFactory;
import java.time.ZoneId;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The time zone of the timestamps in the engine's tables, which have no zone of their own. The zone
 * is recorded in the database and used by every node; a node that is configured with a different
 * one refuses to start.
 */
final class DatabaseZone {

  /** The name of the engine property that records the zone. */
  static final String PROPERTY = "signspace.time-zone";

  static final ZoneId NEW = ZoneId.of("UTC");

  /**
   * The zone that a node was started with.
   *
   * @param zone of the machine
   * @param setting the setting that names the zone, such as {@code TZ}; null if it is the machine's
   *     default
   */
  record Given(ZoneId zone, @Nullable String setting) {

    static Given ofThisNode() {
      boolean byProperty =
          ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
              .anyMatch(argument -> argument.startsWith("-Duser.timezone="));
      String variable = System.getenv("TZ");
      boolean byVariable = variable != null && !variable.isBlank();
      return new Given(
          TimeZone.getDefault().toZoneId(),
          byProperty ? "-Duser.timezone" : byVariable ? "TZ" : null);
    }
  }

  /**
   * @param recorded the zone recorded in the database, or null
   * @param isNew whether the engine has never used the database
   * @return the zone that this node uses
   * @throws UnsupportedSettingException if this node was configured with a different zone
   */
  static ZoneId choose(@Nullable ZoneId recorded, boolean isNew, Given given) {
    if (recorded == null && !isNew) {
      return given.zone();
    }
    ZoneId zone = recorded == null ? NEW : recorded;
    String setting = given.setting();
    if (setting != null && !isSame(zone, given.zone())) {
      throw refusal(zone, given.zone(), setting);
    }
    return zone;
  }

  static boolean isSame(ZoneId one, ZoneId other) {
    return one.getRules().equals(other.getRules());
  }

  static UnsupportedSettingException refusal(ZoneId zone, ZoneId given, String setting) {
    return new UnsupportedSettingException(
        "The engine's tables store times in the zone %s, but %s sets the zone of this node to %s"
            .formatted(zone, setting, given),
        "Set %s to %s on every node, or leave it out.".formatted(setting, zone));
  }

  private DatabaseZone() {}
}
