package fi.signspace.plugin.engine.security.permission;

/** The groups that exist in every engine. */
public final class SigningGroups {

  /** Start signing requests and work on their user tasks. */
  public static final String CLERKS = "signing-clerks";

  /** See every process in Cockpit, and repair what is stuck. */
  public static final String ADMINS = "signing-admins";

  /** Execute the service tasks with a SignSpace topic. */
  public static final String WORKERS = "signing-workers";

  private SigningGroups() {}
}
