package fi.signspace.plugin.sandbox.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fi.signspace.plugin.sandbox.Json;
import fi.signspace.plugin.sandbox.RefusalException;
import fi.signspace.plugin.sandbox.SandboxState;
import fi.signspace.plugin.sandbox.file.FileStore;
import fi.signspace.plugin.sandbox.file.StoredFile;
import fi.signspace.plugin.sandbox.task.Participant;
import fi.signspace.plugin.sandbox.task.SigningRequestSettings;
import fi.signspace.plugin.sandbox.task.Task;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Exports the files and signing requests of the sandbox as JSON, and imports them, also into
 * another sandbox: ids, signatures and times are preserved.
 */
public final class StateControl {

  private static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // only record components are properties
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  private final SandboxState state;

  public StateControl(SandboxState state) {
    this.state = state;
  }

  /**
   * The exported content of a sandbox.
   *
   * @param requests oldest first
   */
  private record Saved(List<StoredFile> files, List<SavedRequest> requests) {}

  /**
   * A request.
   *
   * @param files the ids of its files
   * @param signedFiles the ids of their signed copies
   */
  private record SavedRequest(
      String id,
      @JsonProperty("terms") SigningRequestSettings settings,
      List<String> files,
      List<String> signedFiles,
      List<Participant> participants,
      Task.State state,
      Instant createdAt,
      Instant updatedAt) {

    static SavedRequest of(Task task) {
      return new SavedRequest(
          task.id(),
          task.settings(),
          task.files().stream().map(StoredFile::id).toList(),
          task.signedFiles().stream().map(StoredFile::id).toList(),
          task.participants(),
          task.state(),
          task.createdAt(),
          task.updatedAt());
    }

    Task restored(FileStore store) {
      return new Task(
          id,
          settings,
          store.require(files),
          store.require(signedFiles),
          participants,
          state,
          createdAt,
          updatedAt);
    }
  }

  public ServerResponse export(ServerRequest request) throws IOException {
    List<Task> requests = new ArrayList<>(state.tasks().newestFirst().toList());
    Collections.reverse(requests);
    Saved saved = new Saved(state.files().all(), requests.stream().map(SavedRequest::of).toList());
    return Json.respond(Json.head(200), MAPPER.writeValueAsBytes(saved));
  }

  /** Replaces all content of the sandbox. */
  public ServerResponse replace(ServerRequest request) throws IOException {
    Saved saved = read(request);
    state.clear();
    state.files().replaceAll(saved.files());
    saved.requests().forEach(one -> state.tasks().add(one.restored(state.files())));
    return ServerResponse.noContent().build();
  }

  public ServerResponse clear(ServerRequest request) {
    state.clear();
    return ServerResponse.noContent().build();
  }

  private static Saved read(ServerRequest request) throws IOException {
    try {
      return MAPPER.readValue(request.servletRequest().getInputStream(), Saved.class);
    } catch (JsonProcessingException e) {
      throw RefusalException.invalidBody(
          "The body is not a sandbox state: " + e.getOriginalMessage());
    }
  }
}
