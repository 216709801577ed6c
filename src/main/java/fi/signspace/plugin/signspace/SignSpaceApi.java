package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.Response;
import java.util.Collection;

/**
 * The SignSpace API, operation by operation. Answers are trees, because they are read tolerantly;
 * every operation takes the access token that it is made with.
 */
@Headers({"Authorization: Bearer {token}", "Content-Type: application/json"})
interface SignSpaceApi {

  /** Guide, "1. Create File(s)". */
  @RequestLine("POST /files.create")
  JsonNode createFile(@Param("token") String token, Wire.FileCreate file);

  /** Guide, "2. Create Signing Request", with "Enable SSN Verification" and "Adding Metadata". */
  @RequestLine("POST /tasks.signingRequest.create")
  JsonNode createSigningRequest(@Param("token") String token, Wire.SigningRequestCreate request);

  /** Guide, "Listing completed signing requests", tasks.list; without a status, requests of any. */
  @RequestLine("GET /tasks.list?type=signing_request&limit={limit}")
  JsonNode listTasks(@Param("token") String token, @Param("limit") int limit);

  /** Guide, tasks.get: one id parameter per request. */
  @RequestLine("GET /tasks.get?id={id}")
  JsonNode getTasks(@Param("token") String token, @Param("id") Collection<String> ids);

  /** Guide, "Downloading files": one id, since what several bring is not documented. */
  @RequestLine("GET /files.download?id={id}")
  Response downloadFile(@Param("token") String token, @Param("id") String id);

  /** Guide, "Cancel Signing Request". */
  @RequestLine("POST /tasks.cancel")
  void cancelTask(@Param("token") String token, Wire.TaskAction action);

  /** Guide, "Re-open Signing Request". */
  @RequestLine("POST /tasks.open")
  void openTask(@Param("token") String token, Wire.TaskAction action);

  /** Guide, "Edit Files of a Signing Request". */
  @RequestLine("POST /tasks.signingRequest.update")
  void updateSigningRequest(@Param("token") String token, Wire.SigningRequestUpdate update);
}
