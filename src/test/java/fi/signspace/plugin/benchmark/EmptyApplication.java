package fi.signspace.plugin.benchmark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.camunda.bpm.client.ExternalTaskClient;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * The engine's own limit: web apps, REST API, a process of two external tasks, and a worker that
 * uploads and creates with many threads. No login, no permissions, no validation, no error
 * handling.
 */
@EnableAutoConfiguration(
    exclude = {
      SecurityAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class,
      ManagementWebSecurityAutoConfiguration.class
    })
public class EmptyApplication {

  static final String PROCESS = "empty-signing";

  /** As many as our workers use by default. */
  private static final int THREADS = 32;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final PlainTasks tasks;

  EmptyApplication(@Value("${sandbox.url}") String sandbox) {
    tasks = new PlainTasks(new PlainSignSpace(sandbox));
  }

  public static void main(String[] arguments) {
    SpringApplication.run(EmptyApplication.class, arguments);
  }

  @EventListener
  void start(ApplicationReadyEvent event) {
    event
        .getApplicationContext()
        .getBean(RepositoryService.class)
        .createDeployment()
        .addModelInstance(
            PROCESS + ".bpmn",
            Bpmn.createExecutableProcess(PROCESS)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask("upload")
                .camundaExternalTask("empty.upload")
                .serviceTask("create")
                .camundaExternalTask("empty.create")
                .userTask()
                .endEvent()
                .done())
        .deploy();
    String port = event.getApplicationContext().getEnvironment().getProperty("server.port");
    ExternalTaskClient client =
        ExternalTaskClient.create()
            .baseUrl("http://localhost:" + port + "/engine-rest")
            .maxTasks(THREADS)
            .disableBackoffStrategy()
            .asyncResponseTimeout(10_000)
            .build();
    client
        .subscribe("empty.upload")
        .handler((task, service) -> threads.execute(() -> tasks.upload(task, service)))
        .open();
    client
        .subscribe("empty.create")
        .handler((task, service) -> threads.execute(() -> tasks.create(task, service)))
        .open();
  }
}
