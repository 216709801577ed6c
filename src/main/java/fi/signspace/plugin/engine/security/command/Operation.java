package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.engine.security.permission.SigningGroups;
import org.camunda.bpm.engine.authorization.Groups;

/**
 * What commands do with a signing request, and who may run them if the engine's permissions allow
 * it.
 */
enum Operation {
  START("start it", Allowed.EVERYONE),
  WRITE("write its variables", Allowed.EVERYONE),
  START_FORMER_VERSION("start a former version of it", Allowed.ADMINS),
  START_ANYWHERE("start it with start instructions", Allowed.ADMINS),
  MODIFY("modify its instances", Allowed.ADMINS),
  RESTART("restart its instances", Allowed.ADMINS),
  MIGRATE("migrate its instances", Allowed.ADMINS),
  TRIGGER("trigger its activities", Allowed.ADMINS),
  CORRELATE_ALL("correlate a message to all of its instances", Allowed.ADMINS),
  BATCH("change its instances in a batch", Allowed.ADMINS),
  REPAIR("change its jobs and incidents, or suspend and activate its instances", Allowed.ADMINS),
  EXTERNAL_TASK("work on its external tasks", Allowed.WORKERS);

  enum Allowed {
    EVERYONE,
    WORKERS,
    ADMINS
  }

  static final String WHO_ADMINS = Groups.CAMUNDA_ADMIN + " and " + SigningGroups.ADMINS;
  static final String WHO_WORKERS =
      "%s, %s and %s".formatted(Groups.CAMUNDA_ADMIN, SigningGroups.ADMINS, SigningGroups.WORKERS);

  private final String words;
  private final Allowed allowed;

  Operation(String words, Allowed allowed) {
    this.words = words;
    this.allowed = allowed;
  }

  Allowed allowed() {
    return allowed;
  }

  /** The message for callers who are not permitted. */
  String refusal(String process, Allowed allowed) {
    return "%s: only members of %s may %s."
        .formatted(process, allowed == Allowed.WORKERS ? WHO_WORKERS : WHO_ADMINS, words);
  }
}
