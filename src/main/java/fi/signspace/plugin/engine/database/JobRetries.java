package fi.signspace.plugin.engine.database;

import java.sql.SQLException;
import java.util.Date;
import java.util.Set;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultFailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * Timers and other jobs that failed because of the database keep their retries, so that none is
 * left as an incident when it works again.
 */
final class JobRetries extends DefaultFailedJobCommandFactory {

  private static final long PAUSE_MILLIS = 10_000;

  /**
   * SQLSTATEs of statements that the database has cancelled: serialization failure, deadlock,
   * statement timeout, lock timeout, and timeouts of an idle and of any transaction; of H2: lock
   * timeout.
   */
  private static final Set<String> CANCELLED =
      Set.of("40001", "40P01", "57014", "55P03", "25P03", "25P04", "HYT00");

  @Override
  public Command<Object> getCommand(String jobId, Throwable failure) {
    return isOfDatabase(failure)
        ? new LaterRetry(jobId, failure)
        : super.getCommand(jobId, failure);
  }

  private static boolean isOfDatabase(Throwable failure) {
    return DatabaseFailure.causes(failure).stream()
        .anyMatch(
            cause ->
                cause instanceof DatabaseUnavailableException
                    || (cause instanceof SQLException sql
                        && CANCELLED.contains(String.valueOf(sql.getSQLState()))));
  }

  @SuppressWarnings("JavaUtilDate") // what the engine has
  private static final class LaterRetry extends JobRetryCmd {

    private static final long serialVersionUID = 1;

    LaterRetry(String jobId, Throwable failure) {
      super(jobId, failure);
    }

    @Override
    public Object execute(CommandContext context) {
      JobEntity job = getJob();
      if (job != null) {
        logException(job);
        job.setDuedate(new Date(ClockUtil.getCurrentTime().getTime() + PAUSE_MILLIS));
        job.unlock();
        notifyAcquisition(context);
      }
      return "";
    }
  }
}
