package fi.signspace.plugin.worker.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * When the engine's database was restored from a backup ({@code signspace.restore.*}); set until
 * the requests of the time between have been compared.
 *
 * @param backupAt when the backup was made
 * @param restoredAt when the last worker had stopped that worked with the database before
 */
@ConfigurationProperties("signspace.restore")
public record RestoreProperties(@Nullable Instant backupAt, @Nullable Instant restoredAt) {

  public RestoreProperties {
    if (backupAt == null
        ? restoredAt != null
        : restoredAt == null || !backupAt.isBefore(restoredAt)) {
      throw new IllegalArgumentException(
          "Set signspace.restore.backup-at and a later signspace.restore.restored-at, or neither");
    }
  }
}
