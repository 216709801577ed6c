package fi.signspace.plugin.engine.security.permission;

import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.TASK_WORK;
import static org.camunda.bpm.engine.authorization.Permissions.UPDATE;

import fi.signspace.plugin.process.SigningProcess;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Narrows the permissions that former versions granted to candidates and assignees of a task that
 * is still open to what new tasks grant. Only permissions that are exactly what was granted are
 * changed, not those that an admin has added to. With SQL, since there are as many as open tasks.
 */
public final class OpenTaskGrants {

  private static final Logger LOG = LoggerFactory.getLogger(OpenTaskGrants.class);

  private static final int READ_AND_UPDATE = READ.getValue() | UPDATE.getValue();
  private static final int READ_AND_WORK = READ.getValue() | TASK_WORK.getValue();

  private static final String NARROW =
      """
      update %1$sACT_RU_AUTHORIZATION set PERMS_ = ?, REV_ = REV_ + 1
      where PERMS_ = ? and TYPE_ = ? and RESOURCE_TYPE_ = ? and RESOURCE_ID_ <> '*'\
      """;

  /** The clerks may read all tasks of this process, see {@link TaskAuthorizationProvider}. */
  private static final String NARROW_CLERKS =
      NARROW
          + """
           and GROUP_ID_ = ? and RESOURCE_ID_ in (
            select T.ID_ from %1$sACT_RU_TASK T join %1$sACT_RE_PROCDEF D on D.ID_ = T.PROC_DEF_ID_
            where D.KEY_ = ?)\
          """;

  private final JdbcTemplate database;
  private final String tablePrefix;

  /**
   * @param tablePrefix prefix of the engine's tables; may be empty
   */
  public OpenTaskGrants(DataSource database, String tablePrefix) {
    this.database = new JdbcTemplate(database);
    this.tablePrefix = tablePrefix;
  }

  /** Idempotent. */
  public void narrow() {
    int changing = update(NARROW, READ_AND_WORK, READ_AND_UPDATE);
    if (changing > 0) {
      LOG.info(
          "Narrowed {} permissions for open tasks from changing them to working on them", changing);
    }
    int reading =
        update(
            NARROW_CLERKS,
            TASK_WORK.getValue(),
            READ_AND_WORK,
            SigningGroups.CLERKS,
            SigningProcess.KEY);
    if (reading > 0) {
      LOG.info(
          "Removed {} permissions to read single tasks: the group {} may read all of {}",
          reading,
          SigningGroups.CLERKS,
          SigningProcess.KEY);
    }
  }

  private int update(String sql, int wanted, int former, Object... more) {
    return database.update(
        sql.formatted(tablePrefix),
        Stream.concat(
                Stream.of(
                    wanted, former, Authorization.AUTH_TYPE_GRANT, Resources.TASK.resourceType()),
                Stream.of(more))
            .toArray());
  }
}
