package fi.signspace.plugin.engine.monitoring;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts rows in the engine's database with one grouped query per kind. The engine's API would need
 * one query per group and does not expose the age of an external task. For the columns see the
 * Camunda manual, "Database Schema".
 */
final class EngineCounts {

  private static final int MAX_QUERY_SECONDS = 10;

  private static final String WAITING =
      """
      select T.TASK_DEF_KEY_, count(*), min(T.CREATE_TIME_)
      from %1$sACT_RU_TASK T join %1$sACT_RE_PROCDEF P on P.ID_ = T.PROC_DEF_ID_
      where P.KEY_ = 'signing-request'
      group by T.TASK_DEF_KEY_\
      """;

  /**
   * External tasks that can be fetched: counted since their creation, or since their lock or retry
   * delay expired.
   */
  private static final String UNFETCHED =
      """
      select TOPIC_NAME_, count(*), min(coalesce(LOCK_EXP_TIME_, CREATE_TIME_))
      from %1$sACT_RU_EXT_TASK
      where (LOCK_EXP_TIME_ is null or LOCK_EXP_TIME_ <= ?)
        and (RETRIES_ is null or RETRIES_ > 0) and SUSPENSION_STATE_ = 1
      group by TOPIC_NAME_\
      """;

  /** The first failure sets the retry counter; it disappears together with the task. */
  private static final String RETRIED =
      """
      select TOPIC_NAME_, count(*), min(CREATE_TIME_)
      from %1$sACT_RU_EXT_TASK
      where RETRIES_ > 0
      group by TOPIC_NAME_\
      """;

  /**
   * An incident of a called process is copied to each of its callers. The jobs of batches and of
   * timed suspensions belong to no activity.
   */
  private static final String INCIDENTS =
      """
      select coalesce(ACTIVITY_ID_, 'none'), count(*), min(INCIDENT_TIMESTAMP_)
      from %1$sACT_RU_INCIDENT
      where ID_ = ROOT_CAUSE_INCIDENT_ID_
      group by coalesce(ACTIVITY_ID_, 'none')\
      """;

  /** Rows that the history cleanup removes soon, archived or not. */
  private static final String NEAR_REMOVAL =
      """
      select count(*)
      from %1$sACT_HI_PROCINST
      where PROC_DEF_KEY_ = 'signing-request' and END_ACT_ID_ = 'endEvent_signed'
        and REMOVAL_TIME_ <= ?\
      """;

  private final JdbcTemplate database;
  private final String tablePrefix;
  private final Clock clock;

  /**
   * @param tablePrefix prefix of the engine's tables: a schema with its dot, or letters; may be
   *     empty
   */
  EngineCounts(JdbcTemplate database, String tablePrefix, Clock clock) {
    this.database = new JdbcTemplate(Objects.requireNonNull(database.getDataSource()));
    this.database.setQueryTimeout(MAX_QUERY_SECONDS);
    this.tablePrefix = tablePrefix;
    this.clock = clock;
  }

  /** Requests that wait for signatures or for a person, grouped by user task. */
  List<Group> waitingRequests() {
    return groups(WAITING);
  }

  /** External tasks that are available but not fetched by any worker, by topic. */
  List<Group> unfetchedTasks() {
    return groups(UNFETCHED, Timestamp.from(clock.instant()));
  }

  /** External tasks that have failed and will be retried, by topic. */
  List<Group> retriedTasks() {
    return groups(RETRIED);
  }

  /** Open incidents by activity. */
  List<Group> incidents() {
    return groups(INCIDENTS);
  }

  /**
   * Signed requests that the history cleanup removes within this time, together with their
   * documents.
   */
  long nearRemoval(Duration notice) {
    Timestamp end = Timestamp.from(clock.instant().plus(notice));
    return Objects.requireNonNull(
        database.queryForObject(NEAR_REMOVAL.formatted(tablePrefix), Long.class, end));
  }

  private List<Group> groups(String sql, Object... parameters) {
    return database.query(
        sql.formatted(tablePrefix),
        (row, number) ->
            new Group(row.getString(1), row.getLong(2), row.getTimestamp(3).toInstant()),
        parameters);
  }
}
