package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.engine.hardening.Canary;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Exploits of the engine's two published vulnerabilities, by every path. Without the package {@code
 * hardening}, each of these tests fails.
 */
@EndToEnd
class HardeningTest {

  private static final String EVIL =
      "${''.getClass().forName('%s').newInstance().toString()}".formatted(Canary.class.getName());
  private static final String EVIL_OR =
      "{\"orQueries\":[{\"assigneeExpression\":\"%s\"}]}".formatted(EVIL);

  @LocalServerPort private int port;
  @Autowired private FilterService filters;
  @Autowired private TaskService tasks;
  @Autowired private IdentityService identities;

  private Web web;
  private String filter = "";

  @BeforeEach
  void start() {
    web = new Web(port);
    Canary.forget();
  }

  @AfterEach
  void clear() {
    if (!filter.isEmpty()) {
      filters.deleteFilter(filter);
    }
    filters
        .createFilterQuery()
        .filterName("evil")
        .list()
        .forEach(f -> filters.deleteFilter(f.getId()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/task",
        "/engine-rest/task/count",
        "/engine-rest/engine/default/task"
      })
  void a_query_of_tasks_runs_no_code(String path) throws IOException {
    HttpResponse<String> response = web.send(Login.CLERK.applyTo(web.post(path, EVIL_OR)));

    assertThat(Canary.songs()).isZero();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"task", "task/count"})
  void a_query_in_a_web_app_runs_no_code(String path) throws IOException {
    web.logIn("tasklist", Login.CLERK);

    HttpResponse<String> response =
        web.send(
            web.post("/camunda/api/engine/engine/default/" + path, EVIL_OR)
                .header("X-XSRF-TOKEN", web.token()));

    assertThat(Canary.songs()).isZero();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "count", "singleResult"})
  void a_query_that_extends_a_filter_runs_no_code(String way) throws IOException {
    filter = save(tasks.createTaskQuery());

    HttpResponse<String> response =
        web.send(
            Login.DEMO.applyTo(web.post("/engine-rest/filter/" + filter + "/" + way, EVIL_OR)));

    assertThat(Canary.songs()).isZero();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "count", "singleResult"})
  void a_stored_filter_with_code_does_not_run_it(String way) throws IOException {
    filter = save(tasks.createTaskQuery().or().taskAssigneeExpression(EVIL).endOr());

    int status = web.get("/engine-rest/filter/" + filter + "/" + way, Login.DEMO);

    assertThat(Canary.songs()).isZero();
    assertThat(status).isEqualTo(400);
  }

  @Test
  void a_filter_with_code_outside_of_an_or_does_not_run_it() throws IOException {
    filter = save(tasks.createTaskQuery().taskCandidateGroupExpression(EVIL));

    int status = web.get("/engine-rest/filter/" + filter + "/list", Login.DEMO);

    assertThat(Canary.songs()).isZero();
    assertThat(status).isEqualTo(400);
  }

  @Test
  void a_filter_created_by_a_clerk_runs_no_code() throws IOException {
    String body =
        "{\"resourceType\":\"Task\",\"name\":\"evil\",\"owner\":\"clara\",\"query\":%s,\"properties\":{}}"
            .formatted(EVIL_OR);
    web.send(Login.DEMO.applyTo(web.post("/engine-rest/filter/create", body)));

    filters
        .createFilterQuery()
        .filterName("evil")
        .list()
        .forEach(
            made -> {
              try {
                web.get("/engine-rest/filter/" + made.getId() + "/list", Login.DEMO);
                web.get("/engine-rest/filter/" + made.getId() + "?itemCount=true", Login.DEMO);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(Canary.songs()).isZero();
  }

  @Test
  void a_filter_may_use_the_current_user() throws IOException {
    filter =
        save(
            tasks
                .createTaskQuery()
                .or()
                .taskAssigneeExpression("${ currentUser() }")
                .taskCandidateGroupInExpression("${currentUserGroups()}")
                .endOr());

    assertThat(web.get("/engine-rest/filter/" + filter + "/list", Login.DEMO)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/api/admin/setup/default/user/create",
        "/camunda/api/admin/%73etup/default/user/create"
      })
  void the_setup_of_a_first_admin_is_disabled(String path) throws IOException {
    identities.deleteMembership("demo", "camunda-admin");
    try {
      web.get("/camunda/app/welcome/default/");
      int status =
          web.status(
              web.post(
                      path,
                      "{\"profile\":{\"id\":\"eve\"},\"credentials\":{\"password\":\"eve-eve-eve\"}}")
                  .header("X-XSRF-TOKEN", web.token()));

      assertThat(identities.createUserQuery().userId("eve").count()).isZero();
      assertThat(status).isEqualTo(404);
    } finally {
      identities.createMembership("demo", "camunda-admin");
    }
  }

  private String save(TaskQuery query) {
    Filter made = filters.newTaskFilter("hardening").setQuery(query);
    return filters.saveFilter(made).getId();
  }
}
