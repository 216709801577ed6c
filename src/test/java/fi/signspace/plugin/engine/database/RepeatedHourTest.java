package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Timers and locks across the end of summer time (2026-10-25T01:00Z, when the clocks in Helsinki go
 * from 04:00 back to 03:00). Tables in UTC, the default, have no repeated hour. In those of an
 * older installation with its own zone, anything due then is up to an hour late, and never early.
 */
class RepeatedHourTest {

  private static final Instant BEFORE = Instant.parse("2026-10-25T00:59:55Z");
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration NEVER = Duration.ofHours(2);

  private final TimeZone machine = TimeZone.getDefault();

  @AfterEach
  void restore() {
    ClockUtil.reset();
    TimeZone.setDefault(machine);
  }

  @ParameterizedTest
  @CsvSource({"UTC, PT0S", "Europe/Helsinki, PT1H"})
  void jobs_due_in_the_repeated_hour_are_executed(String zone, Duration late) {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    ClockUtil.setCurrentTime(Date.from(BEFORE));
    ProcessEngine engine = engine(zone);
    try {
      engine.getRuntimeService().startProcessInstanceByKey("waits");
      engine.getRuntimeService().startProcessInstanceByKey("works");
      assertThat(fetched(engine)).isOne();

      Duration timer = Duration.ZERO;
      Duration lock = Duration.ZERO;
      for (Duration passed = Duration.ofSeconds(5);
          passed.compareTo(NEVER) < 0 && (timer.isZero() || lock.isZero());
          passed = passed.plusSeconds(5)) {
        ClockUtil.setCurrentTime(Date.from(BEFORE.plus(passed)));
        timer = timer.isZero() && isTimerDue(engine) ? passed : timer;
        lock = lock.isZero() && fetched(engine) > 0 ? passed : lock;
      }

      assertThat(timer).isBetween(WAIT, WAIT.plus(late).plusSeconds(5));
      assertThat(lock).isBetween(WAIT, WAIT.plus(late).plusSeconds(5));
    } finally {
      engine.close();
    }
  }

  private static boolean isTimerDue(ProcessEngine engine) {
    return engine.getManagementService().createJobQuery().executable().count() > 0;
  }

  private static int fetched(ProcessEngine engine) {
    return engine
        .getExternalTaskService()
        .fetchAndLock(1, "worker")
        .topic("work", WAIT.toMillis())
        .execute()
        .size();
  }

  private static ProcessEngine engine(String zone) {
    ProcessEngine engine =
        new StandaloneInMemProcessEngineConfiguration()
            .setJdbcUrl("jdbc:h2:mem:hour-" + zone.replace('/', '-') + ";DB_CLOSE_DELAY=-1")
            .setJobExecutorActivate(false)
            .setEnforceHistoryTimeToLive(false)
            .setProcessEngineName("hour-" + zone)
            .buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "waits.bpmn",
            Bpmn.createExecutableProcess("waits")
                .startEvent()
                .intermediateCatchEvent()
                .timerWithDuration("PT10S")
                .endEvent()
                .done())
        .addModelInstance(
            "works.bpmn",
            Bpmn.createExecutableProcess("works")
                .startEvent()
                .serviceTask()
                .camundaExternalTask("work")
                .endEvent()
                .done())
        .deploy();
    return engine;
  }
}
