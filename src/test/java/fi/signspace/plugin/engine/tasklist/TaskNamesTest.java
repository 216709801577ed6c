package fi.signspace.plugin.engine.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.engine.webapps.WebAppsProperties;
import fi.signspace.plugin.environment.Texts;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.testkit.DrivenRequest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskNamesTest {

  private static final Path MODEL = Path.of("processes", "signing-request.bpmn");

  @ParameterizedTest
  @CsvSource({
    "en, userTask_resolveProblem, Resolve problem: Lease",
    "fi, userTask_resolveProblem, Ratkaise ongelma: Lease",
    "sv, userTask_correctRequest, Rätta begäran: Lease"
  })
  void a_task_is_named_in_the_language_of_the_installation(
      String language, String task, String name) {
    ProcessEngine engine = engine(language);
    try {
      engine
          .getRuntimeService()
          .createProcessInstanceByKey(SigningProcess.KEY)
          .startBeforeActivity(task)
          .setVariables(Map.of("caseName", "Lease"))
          .execute();

      assertThat(engine.getTaskService().createTaskQuery().singleResult().getName())
          .isEqualTo(name);
    } finally {
      engine.close();
    }
  }

  @Test
  void every_task_has_a_name_and_the_english_ones_are_those_of_the_model() {
    Texts english = new Texts("tasklist", Locale.ENGLISH);
    Collection<UserTask> tasks =
        Bpmn.readModelFromFile(MODEL.toFile()).getModelElementsByType(UserTask.class);

    assertThat(tasks)
        .isNotEmpty()
        .allSatisfy(
            task -> assertThat(english.of("task." + task.getId())).isEqualTo(task.getName()));
  }

  private static ProcessEngine engine(String language) {
    return DrivenRequest.engine(
        "task-names-" + language,
        new TaskNames(new WebAppsProperties("Any", null, Locale.forLanguageTag(language))));
  }
}
