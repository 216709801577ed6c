package fi.signspace.plugin.sandbox.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import fi.signspace.plugin.sandbox.file.StoredFile;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** A signing request as returned by the API. Times are ISO 8601 in UTC. */
public record TaskJson(
    @JsonProperty("_id") String id,
    String type,
    String title,
    Status status,
    List<String> files,
    List<String> signedFiles,
    int signaturesRequestedCount,
    int signaturesCompletedCount,
    List<Signature> signedData,
    String messageUrl,
    String createdAt,
    String lastUpdatedAt) {

  record Signature(String signedBy, String signedAt) {}

  /**
   * @param page the URL of the sandbox's page as seen by the client
   */
  public static TaskJson of(Task task, Instant now, URI page) {
    return new TaskJson(
        task.id(),
        "signing_request",
        task.settings().title(),
        task.status(now),
        task.files().stream().map(StoredFile::id).toList(),
        task.signedFiles().stream().map(StoredFile::id).toList(),
        task.signers().size(),
        task.signedCount(),
        task.signers().stream()
            .filter(Participant::hasSigned)
            .map(person -> new Signature(person.handle(), String.valueOf(person.signedAt())))
            .toList(),
        page + "/requests/" + task.id(),
        task.createdAt().toString(),
        task.updatedAt().toString());
  }
}
