package fi.signspace.plugin.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import fi.signspace.plugin.sandbox.file.FileStore;
import fi.signspace.plugin.sandbox.file.FileUpload;
import fi.signspace.plugin.sandbox.file.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * {@code files.create} and {@code files.download} (guide, "Create File(s)", "Downloading files").
 */
public final class FilesApi {

  private final FileStore files;

  FilesApi(FileStore files) {
    this.files = files;
  }

  /** A file as returned by the API. */
  record FileJson(
      @JsonProperty("_id") String id,
      String name,
      @Nullable Integer importanceOrder,
      int size,
      String createdAt) {

    static FileJson of(StoredFile file) {
      return new FileJson(
          file.id(),
          file.name(),
          file.importanceOrder(),
          file.content().length,
          file.createdAt().toString());
    }
  }

  ServerResponse create(ServerRequest request) throws IOException {
    Json.requireJson(request);
    var servletRequest = request.servletRequest();
    FileUpload upload =
        FileUpload.read(servletRequest.getInputStream(), servletRequest.getContentLengthLong());
    return Json.respond(
        FileJson.of(files.add(upload.name(), upload.importanceOrder(), upload.content())));
  }

  /** Accepts one id only: the result of several is not documented. */
  ServerResponse download(ServerRequest request) {
    List<String> ids = QueryParameters.of(request, Set.of("id")).ids();
    if (ids.size() > 1) {
      throw RefusalException.invalid(
          "id", "must be given once: the sandbox gives one file at a time");
    }
    StoredFile file =
        files
            .find(ids.get(0))
            .orElseThrow(() -> RefusalException.notFound("There is no file " + ids.get(0)));
    return Json.respond(
        ServerResponse.ok()
            .contentType(file.mediaType())
            .header(HttpHeaders.CONTENT_DISPOSITION, disposition("attachment", file.name())),
        file.content());
  }

  /** Returns a Content-Disposition for a file name in any script (RFC 5987). */
  public static String disposition(String type, String fileName) {
    return ContentDisposition.builder(type)
        .filename(fileName, StandardCharsets.UTF_8)
        .build()
        .toString();
  }
}
