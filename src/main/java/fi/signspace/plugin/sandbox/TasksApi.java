package fi.signspace.plugin.sandbox;

import fi.signspace.plugin.sandbox.file.FileStore;
import fi.signspace.plugin.sandbox.file.StoredFile;
import fi.signspace.plugin.sandbox.page.SandboxPage;
import fi.signspace.plugin.sandbox.task.NewTask;
import fi.signspace.plugin.sandbox.task.Task;
import fi.signspace.plugin.sandbox.task.TaskJson;
import fi.signspace.plugin.sandbox.task.TaskStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The {@code tasks.…} endpoints of the guide. */
final class TasksApi {

  private static final Set<String> TASK = Set.of("acting_handle", "task");
  private static final Set<String> TASK_AND_FILES = Set.of("acting_handle", "task", "files");
  private static final List<String> LISTED =
      List.of("complete", "in_progress", "open", "on_hold", "cancelled");

  private final TaskStore tasks;
  private final FileStore files;
  private final Clock clock;

  TasksApi(TaskStore tasks, FileStore files, Clock clock) {
    this.tasks = tasks;
    this.files = files;
    this.clock = clock;
  }

  ServerResponse create(ServerRequest request) throws IOException {
    Json.requireJson(request);
    NewTask newTask = NewTask.read(Json.read(request), clock.instant());
    List<StoredFile> documents = files.require(newTask.fileIds());
    Task task =
        Task.created(
            Ids.next(), newTask.settings(), documents, newTask.participants(), clock.instant());
    tasks.add(task);
    return respond(request, task);
  }

  ServerResponse list(ServerRequest request) {
    var parameters = QueryParameters.of(request, Set.of("status", "type", "limit"));
    Optional<String> status = parameters.oneOf("status", LISTED);
    parameters.oneOf("type", List.of("signing_request"));
    int limit = parameters.positive("limit", 20);
    List<Task> listed =
        tasks
            .newestFirst()
            .filter(
                task ->
                    status.isEmpty() || task.status(clock.instant()).text().equals(status.get()))
            .limit(limit)
            .toList();
    return respond(request, listed);
  }

  /** Unknown ids are absent from the response. */
  ServerResponse get(ServerRequest request) {
    List<String> ids = QueryParameters.of(request, Set.of("id")).ids();
    return respond(
        request, ids.stream().distinct().flatMap(id -> tasks.find(id).stream()).toList());
  }

  ServerResponse cancel(ServerRequest request) throws IOException {
    return change(request, task -> task.cancel(clock.instant()));
  }

  ServerResponse open(ServerRequest request) throws IOException {
    return change(request, task -> task.open(clock.instant()));
  }

  ServerResponse update(ServerRequest request) throws IOException {
    Json.requireJson(request);
    Payload payload = Payload.of(Json.read(request), TASK_AND_FILES);
    payload.actingHandle();
    Task known = tasks.require(payload.id("task"));
    List<StoredFile> documents = files.require(payload.ids("files"));
    return respond(
        request, tasks.change(known.id(), task -> task.update(documents, clock.instant())));
  }

  private ServerResponse change(ServerRequest request, UnaryOperator<Task> change)
      throws IOException {
    Json.requireJson(request);
    Payload payload = Payload.of(Json.read(request), TASK);
    payload.actingHandle();
    return respond(request, tasks.change(payload.id("task"), change));
  }

  private ServerResponse respond(ServerRequest request, Task task) {
    return Json.respond(TaskJson.of(task, clock.instant(), SandboxPage.address(request)));
  }

  private ServerResponse respond(ServerRequest request, List<Task> listed) {
    return Json.respond(
        listed.stream()
            .map(task -> TaskJson.of(task, clock.instant(), SandboxPage.address(request)))
            .toList());
  }
}
