package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.UnsupportedSettingException;
import java.lang.management.ManagementFactory;
import java.time.ZoneId;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The time zone in which the engine's tables hold their times, which have none of their own. It is
 * recorded in the database; every node uses it, and a node that was given another one refuses to
 * start.
 */
final class DatabaseZone {

  /** The name of the record among the engine's properties. */
  static final String PROPERTY = "signspace.time-zone";

  static final ZoneId NEW = ZoneId.of("UTC");

  /**
   * What a node was given.
   *
   * @param zone of the machine
   * @param setting that names the zone, such as {@code TZ}; null if the machine alone says it
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
   * @param recorded in the database; null if nothing is
   * @param isNew whether the engine has never used the database
   * @return the zone that this node uses
   * @throws UnsupportedSettingException if it was told to use another one
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
        "The engine's tables hold times of the zone %s, and %s gives this node the zone %s"
            .formatted(zone, setting, given),
        "Set %s to %s on every node, or leave it out.".formatted(setting, zone));
  }

  private DatabaseZone() {}
}
