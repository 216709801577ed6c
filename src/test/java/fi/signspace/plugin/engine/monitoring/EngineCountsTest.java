package fi.signspace.plugin.engine.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.DrivenRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The queries, on the tables of a real engine. */
class EngineCountsTest {

  private static final String DATABASE = "jdbc:h2:mem:counts;DB_CLOSE_DELAY=-1";
  private static final String UPLOAD = "signspace.uploadDocument";

  private static ProcessEngine engine;

  private final RuntimeService runtime = engine.getRuntimeService();
  private final ExternalTaskService tasks = engine.getExternalTaskService();
  private final EngineCounts counts = countsAt(Duration.ZERO);

  @BeforeAll
  static void start() {
    engine = DrivenRequest.engine("counts");
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @AfterEach
  void clear() {
    runtime
        .createProcessInstanceQuery()
        .list()
        .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "test over"));
  }

  @Test
  void an_empty_database_has_no_groups() {
    assertThat(counts.waitingRequests()).isEmpty();
    assertThat(counts.unfetchedTasks()).isEmpty();
    assertThat(counts.retriedTasks()).isEmpty();
    assertThat(counts.incidents()).isEmpty();
  }

  @Test
  void tables_are_found_by_their_prefix_rather_than_the_search_path() {
    String own = "jdbc:h2:mem:prefixed;DB_CLOSE_DELAY=-1";
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("prefixed")
        .setJdbcUrl(own + ";INIT=CREATE SCHEMA IF NOT EXISTS OWN\\;SET SCHEMA OWN")
        .setJobExecutorActivate(false);
    configuration.setDatabaseTablePrefix("OWN.");
    configuration.setDatabaseSchema("OWN");
    ProcessEngine prefixed = configuration.buildProcessEngine();
    try {
      EngineCounts ofThePrefix =
          new EngineCounts(
              new JdbcTemplate(new DriverManagerDataSource(own, "sa", "")),
              configuration.getDatabaseTablePrefix(),
              Clock.systemUTC());

      assertThat(ofThePrefix.waitingRequests()).isEmpty();
      assertThat(ofThePrefix.unfetchedTasks()).isEmpty();
      assertThat(ofThePrefix.retriedTasks()).isEmpty();
      assertThat(ofThePrefix.incidents()).isEmpty();
      assertThat(ofThePrefix.nearRemoval(Duration.ofDays(1))).isZero();
    } finally {
      prefixed.close();
    }
  }

  @Test
  void requests_are_counted_by_the_user_task_that_they_wait_in() {
    requestAt("userTask_correctRequest");
    requestAt("userTask_correctRequest");

    Group group = only(counts.waitingRequests());

    assertThat(group.name()).isEqualTo("userTask_correctRequest");
    assertThat(group.count()).isEqualTo(2);
    assertIsJustNow(group.oldest());
  }

  @Test
  void a_task_is_unfetched_until_it_is_locked_and_after_its_lock_expires() {
    request();
    assertThat(only(counts.unfetchedTasks()).name()).isEqualTo(UPLOAD);
    assertIsJustNow(only(counts.unfetchedTasks()).oldest());

    fetch();

    assertThat(counts.unfetchedTasks()).isEmpty();
    Group after = only(countsAt(Duration.ofHours(2)).unfetchedTasks());
    assertThat(after.oldest()).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
  }

  @Test
  void a_failed_task_is_retried_and_unfetched_only_after_its_backoff() {
    request();

    tasks.handleFailure(fetch().getId(), "w", "HTTP 503", 900, Duration.ofHours(1).toMillis());

    assertThat(only(counts.retriedTasks()).name()).isEqualTo(UPLOAD);
    assertThat(counts.unfetchedTasks()).isEmpty();
    assertThat(countsAt(Duration.ofHours(2)).unfetchedTasks()).hasSize(1);
  }

  @Test
  void a_task_without_retries_is_an_incident_and_neither_unfetched_nor_retried() {
    request();

    tasks.handleFailure(fetch().getId(), "w", "HTTP 403", 0, 0);

    Group incident = only(counts.incidents());
    assertThat(incident.name()).isEqualTo("serviceTask_uploadDocuments");
    assertThat(incident.count()).isEqualTo(1);
    assertThat(countsAt(Duration.ofHours(2)).unfetchedTasks()).isEmpty();
    assertThat(counts.retriedTasks()).isEmpty();
  }

  @Test
  void an_incident_of_a_job_without_an_activity_is_counted() {
    Date later = Date.from(Instant.parse("2099-01-01T00:00:00Z"));
    engine.getRepositoryService().suspendProcessDefinitionByKey("signing-request", true, later);
    ManagementService management = engine.getManagementService();
    String job = management.createJobQuery().singleResult().getId();

    management.setJobRetries(job, 0);

    assertThat(only(counts.incidents()).name()).isEqualTo("none");
    management.deleteJob(job);
  }

  @Test
  void only_a_signed_request_is_near_removal_within_the_notice_period() {
    Duration halfYear = Duration.ofDays(180);
    runtime
        .createProcessInstanceByKey("signing-request")
        .startBeforeActivity("endEvent_signed")
        .execute();
    runtime
        .createProcessInstanceByKey("signing-request")
        .startBeforeActivity("endEvent_cancelled")
        .execute();
    request();

    assertThat(counts.nearRemoval(halfYear.minusDays(1))).isZero();
    assertThat(counts.nearRemoval(halfYear.plusDays(1))).isEqualTo(1);
  }

  @Test
  void an_age_is_never_negative_when_the_clocks_of_nodes_differ() {
    Group group = new Group("task", 1, Instant.now().plusSeconds(3));

    assertThat(group.secondsUntil(Instant.now())).isZero();
  }

  private static void assertIsJustNow(Instant moment) {
    assertThat(moment).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  private static EngineCounts countsAt(Duration fromNow) {
    return new EngineCounts(
        new JdbcTemplate(new DriverManagerDataSource(DATABASE, "sa", "")),
        "",
        Clock.offset(Clock.systemUTC(), fromNow));
  }

  private void request() {
    runtime.startProcessInstanceByKey("signing-request");
  }

  private void requestAt(String activity) {
    runtime.createProcessInstanceByKey("signing-request").startBeforeActivity(activity).execute();
  }

  private LockedExternalTask fetch() {
    return tasks
        .fetchAndLock(1, "w")
        .topic(UPLOAD, Duration.ofHours(1).toMillis())
        .execute()
        .get(0);
  }

  private static Group only(List<Group> groups) {
    assertThat(groups).hasSize(1);
    return groups.get(0);
  }
}
