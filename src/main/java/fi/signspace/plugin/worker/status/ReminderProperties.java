package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.input.Reminders;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Reminders of requests that ask for no others ({@code signspace.reminders.*}).
 *
 * @param firstAfter the time from the sending to the first reminder
 * @param every the time between two reminders
 * @param atMost how many there are; 0 for none
 * @param dueSoon how long before the due date it counts as near; 0 for never
 */
@ConfigurationProperties("signspace.reminders")
@Validated
public record ReminderProperties(
    @DefaultValue("3d") Duration firstAfter,
    @DefaultValue("2d") Duration every,
    @DefaultValue("5") @Min(0) @Max(Reminders.MAX) int atMost,
    @DefaultValue("2d") Duration dueSoon) {

  private static final Duration MIN = Duration.ofSeconds(1);

  public ReminderProperties {
    if (firstAfter.compareTo(MIN) < 0 || every.compareTo(MIN) < 0) {
      throw new IllegalArgumentException(
          "signspace.reminders.first-after is %s and every is %s; each must be a second or longer"
              .formatted(firstAfter, every));
    }
    if (dueSoon.isNegative()) {
      throw new IllegalArgumentException(
          "signspace.reminders.due-soon must not be negative, but is " + dueSoon);
    }
  }

  Reminders reminders() {
    return new Reminders(firstAfter, every, atMost);
  }
}
