package fi.signspace.plugin.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.sandbox.Json;
import fi.signspace.plugin.sandbox.Payload;
import fi.signspace.plugin.sandbox.QueryParameters;
import fi.signspace.plugin.sandbox.file.FileStore;
import fi.signspace.plugin.sandbox.task.Task;
import fi.signspace.plugin.sandbox.task.TaskStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The actions of people in SignSpace's user interface: {@code /sandbox/control/requests}. */
public final class RequestControl {

  private final TaskStore tasks;
  private final FileStore files;
  private final Task.SignedCopies copies;
  private final Clock clock;

  public RequestControl(TaskStore tasks, FileStore files, Task.SignedCopies copies, Clock clock) {
    this.tasks = tasks;
    this.files = files;
    this.copies = copies;
    this.clock = clock;
  }

  /** Newest first; the header {@code X-Total-Count} contains the total number. */
  public ServerResponse list(ServerRequest request) {
    int limit = QueryParameters.of(request, Set.of("limit")).positive("limit", Integer.MAX_VALUE);
    List<TaskView> views =
        tasks.newestFirst().limit(limit).map(task -> view(request, task)).toList();
    return Json.respond(
        Json.head(200).header("X-Total-Count", String.valueOf(tasks.size())), Json.bytes(views));
  }

  public ServerResponse get(ServerRequest request) {
    return Json.respond(view(request, tasks.require(request.pathVariable("id"))));
  }

  public ServerResponse sign(ServerRequest request) throws IOException {
    String handle = handle(request);
    return change(request, task -> task.sign(handle, clock.instant(), copies));
  }

  public ServerResponse decline(ServerRequest request) throws IOException {
    String handle = handle(request);
    return change(request, task -> task.decline(handle, clock.instant()));
  }

  public ServerResponse hold(ServerRequest request) {
    return change(request, task -> task.hold(clock.instant()));
  }

  public ServerResponse cancel(ServerRequest request) {
    return change(request, task -> task.cancel(clock.instant()));
  }

  public ServerResponse report(ServerRequest request) {
    return change(request, task -> task.report(clock.instant()));
  }

  public ServerResponse park(ServerRequest request) {
    return change(request, task -> task.park(clock.instant()));
  }

  public ServerResponse expire(ServerRequest request) {
    return change(request, task -> task.expire(clock.instant()));
  }

  public ServerResponse delete(ServerRequest request) {
    tasks.delete(request.pathVariable("id"));
    return ServerResponse.noContent().build();
  }

  /** Replaces the documents by others, of the same name and content. */
  public ServerResponse exchange(ServerRequest request) {
    return change(
        request,
        task ->
            task.update(
                task.files().stream().map(file -> files.addCopy(file, file.content())).toList(),
                clock.instant()));
  }

  public ServerResponse open(ServerRequest request) {
    return change(request, task -> task.open(clock.instant()));
  }

  /** With {@code {"evidence": false}}, there are no signed files. */
  public ServerResponse complete(ServerRequest request) throws IOException {
    JsonNode body = Json.read(request);
    boolean evidence =
        body.isMissingNode()
            || !Payload.of(body, Set.of("evidence")).has("evidence")
            || Payload.of(body, Set.of("evidence")).flag("evidence");
    return change(
        request,
        task -> task.complete(clock.instant(), evidence ? copies : completed -> List.of()));
  }

  private static String handle(ServerRequest request) throws IOException {
    return Payload.of(Json.read(request), Set.of("handle")).text("handle");
  }

  private ServerResponse change(ServerRequest request, UnaryOperator<Task> change) {
    return Json.respond(view(request, tasks.change(request.pathVariable("id"), change)));
  }

  private TaskView view(ServerRequest request, Task task) {
    return TaskView.of(task, clock.instant(), SandboxPage.address(request));
  }
}
