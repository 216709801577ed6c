package fi.signspace.plugin.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.execution.OutcomeReporter;
import fi.signspace.plugin.worker.execution.RetryPolicy;
import fi.signspace.plugin.worker.execution.TaskRunner;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.GivenTask;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

/** A log line of the profile {@code production}. */
class ProductionLogTest {

  private final TaskRunner runner =
      new TaskRunner(
          Schedules.limit(mock()),
          new OutcomeReporter(
              new RetryPolicy(Schedules.doubling(), Schedules.NO_CHANCE),
              Schedules.NO_CHANCE,
              wait -> {}),
          ObservationRegistry.NOOP);

  @Test
  void a_line_is_one_json_object_with_case_instance_and_task() throws IOException {
    SignSpaceException failure =
        SignSpaceException.notDone("Uploading document Anna.pdf failed: HTTP 503", null, null)
            .withLogMessage("files.create failed: HTTP 503");

    String line =
        lineOf(
            () ->
                runner.run(
                    new GivenTask().taken(),
                    false,
                    task -> {
                      throw failure;
                    }));

    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("message").asText())
        .isEqualTo("signspace.test is retried in 10.0 s: files.create failed: HTTP 503");
    assertThat(json.path("businessKey").asText()).isEqualTo("case-1");
    assertThat(json.path("processInstanceId").asText()).isEqualTo("instance-1");
    assertThat(json.path("taskId").asText()).isEqualTo(GivenTask.ID);
    assertThat(json.at("/log/level").asText()).isEqualTo("WARN");
    assertThat(json.at("/service/name").asText()).isEqualTo("signspace-process");
  }

  private static String lineOf(Runnable work) throws IOException {
    Logger logger = (Logger) LoggerFactory.getLogger(OutcomeReporter.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.addAppender(events);
    try {
      work.run();
    } finally {
      logger.detachAppender(events);
    }
    assertThat(events.list).hasSize(1);
    return new String(encoder().encode(events.list.get(0)), UTF_8);
  }

  private static StructuredLogEncoder encoder() throws IOException {
    LoggerContext context = new LoggerContext();
    context.putObject(
        Environment.class.getName(),
        new MockEnvironment().withProperty("spring.application.name", "signspace-process"));
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(context);
    encoder.setFormat(
        String.valueOf(production().getProperty("logging.structured.format.console")));
    encoder.start();
    return encoder;
  }

  private static PropertySource<?> production() throws IOException {
    return new YamlPropertySourceLoader()
        .load("production", new ClassPathResource("application-production.yaml"))
        .get(0);
  }
}
