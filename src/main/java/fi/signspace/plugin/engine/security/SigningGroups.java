package fi.signspace.plugin.engine.security;

/** The groups that exist in every engine. */
public final class SigningGroups {

  /** Start signing requests and do the tasks that these bring. */
  public static final String CLERKS = "signing-clerks";

  /** See every process in Cockpit, and repair what is stuck. */
  public static final String ADMINS = "signing-admins";

  /** Do the service tasks with a topic of SignSpace's. */
  public static final String WORKERS = "signing-workers";

  private SigningGroups() {}
}
