package fi.signspace.plugin.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;
import org.camunda.bpm.engine.variable.value.FileValue;

/** The two tasks of a simple worker: upload the document and create the request. */
record PlainTasks(PlainSignSpace signSpace) {

  void upload(ExternalTask task, ExternalTaskService service) {
    FileValue file = task.getVariableTyped("document1");
    try (InputStream content = file.getValue()) {
      String fileId = signSpace.upload(file.getFilename(), content.readAllBytes());
      service.complete(task, Map.of("fileId", fileId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void create(ExternalTask task, ExternalTaskService service) {
    String requestId = signSpace.create(task.getVariable("title"), task.getVariable("fileId"));
    service.complete(task, Map.of("requestId", requestId));
  }
}
