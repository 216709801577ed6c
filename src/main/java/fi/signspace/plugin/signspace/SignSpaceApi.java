package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signspace.http.FilePayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SignSpace API as described in the developer guide. Requests are typed; responses are barely
 * specified and parsed by {@link ResponseParser}.
 */
@Headers("Accept-Encoding: identity")
interface SignSpaceApi {

  /** Guide, "1. Create File(s)". */
  @RequestLine("POST /files.create")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  JsonNode createFile(FilePayload payload);

  /** Guide, "2. Create Signing Request". */
  @RequestLine("POST /tasks.signingRequest.create")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  JsonNode createSigningRequest(SigningRequestPayload payload);

  /** Guide, "Listing completed signing requests", tasks.get: one {@code id=} for each id. */
  @RequestLine("GET /tasks.get?id={id}")
  @Headers("Accept: application/json")
  JsonNode getTasks(@Param("id") List<String> ids);

  /** Guide, "Listing completed signing requests", tasks.list. */
  @RequestLine("GET /tasks.list?type=signing_request&limit={limit}")
  @Headers("Accept: application/json")
  JsonNode listTasks(@Param("limit") int limit);

  /** Guide, "Downloading files". */
  @RequestLine("GET /files.download?id={id}")
  Document downloadFile(@Param("id") String id);

  /** Guide, "Cancel Signing Request". */
  @RequestLine("POST /tasks.cancel")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  JsonNode cancel(TaskPayload payload);

  /** Guide, "Re-open Signing Request". */
  @RequestLine("POST /tasks.open")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  JsonNode open(TaskPayload payload);

  /** Guide, "Edit Files of a Signing Request". */
  @RequestLine("POST /tasks.signingRequest.update")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  JsonNode updateFiles(TaskPayload payload);

  /**
   * The payload of an operation on a signing request.
   *
   * @param task id of the signing request
   * @param files the complete new list of file ids; null if the operation takes none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskPayload(String actingHandle, String task, @Nullable List<String> files) {}
}
