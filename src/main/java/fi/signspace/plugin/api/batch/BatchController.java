package fi.signspace.plugin.api.batch;

import fi.signspace.plugin.api.ApiErrors;
import fi.signspace.plugin.api.call.Attachment;
import fi.signspace.plugin.api.call.Paths;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The paths of actions on many requests, and their descriptions. */
@RestController
@RequestMapping(Paths.SIGNING_REQUESTS)
@Tag(name = "Many signing requests")
@ApiErrors
@ConditionalOnEngine
class BatchController {

  private static final String ZIP = "application/zip";

  private final Batches batches;
  private final RequestQueries queries;

  BatchController(Batches batches, RequestQueries queries) {
    this.batches = batches;
    this.queries = queries;
  }

  @Operation(
      summary = "Cancel many signing requests",
      description = DESCRIPTION,
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = BatchView.Selected.class))))
  @ApiResponse(responseCode = "200", description = "With dryRun", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/cancel")
  ResponseEntity<BatchView> cancel(
      @org.springframework.web.bind.annotation.RequestBody Map<String, @Nullable Object> body) {
    return act(BatchAction.CANCEL, body);
  }

  @Operation(
      summary = "Check many signing requests in SignSpace now",
      description = DESCRIPTION,
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = BatchView.Selected.class))))
  @ApiResponse(responseCode = "200", description = "With dryRun", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/check")
  ResponseEntity<BatchView> check(
      @org.springframework.web.bind.annotation.RequestBody Map<String, @Nullable Object> body) {
    return act(BatchAction.CHECK, body);
  }

  @Operation(
      summary = "Remind those who have not signed, of many signing requests",
      description = DESCRIPTION,
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = BatchView.Selected.class))))
  @ApiResponse(responseCode = "200", description = "With dryRun", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
  @PostMapping("/remind")
  ResponseEntity<BatchView> remind(
      @org.springframework.web.bind.annotation.RequestBody Map<String, @Nullable Object> body) {
    return act(BatchAction.REMIND, body);
  }

  private static final String DESCRIPTION =
      "A call acts on 100 requests at most and returns the ids of the others in remaining: send"
          + " them as ids, until none is left. With dryRun, nothing is done.";

  private ResponseEntity<BatchView> act(BatchAction action, Map<String, @Nullable Object> body) {
    Selection wanted = Selection.parse(body);
    return ResponseEntity.status(wanted.isPreview() ? HttpStatus.OK : HttpStatus.ACCEPTED)
        .body(batches.act(action, wanted));
  }

  @Operation(
      summary = "Download the signed documents of many signing requests and their evidence",
      description =
          "A ZIP with a folder for each request; left-out.txt names those that have no signed"
              + " documents. With dryRun, what it would have, as JSON.",
      requestBody =
          @RequestBody(
              content = @Content(schema = @Schema(implementation = BatchView.Selected.class))))
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = BatchView.class))
      })
  @PostMapping("/documents")
  @Nullable ResponseEntity<BatchView> documents(
      @org.springframework.web.bind.annotation.RequestBody Map<String, @Nullable Object> body,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    Selection wanted = Selection.parse(body);
    if (wanted.isPreview()) {
      return ResponseEntity.ok(batches.previewDocuments(wanted));
    }
    download(wanted, response);
    return null;
  }

  @Operation(
      summary = "Download the signed documents of some signing requests, as a link does",
      description = "The same as with POST.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/documents")
  void documents(
      @Parameter(description = "The id of a request; repeat it")
          @RequestParam(name = "id", required = false)
          @Nullable List<String> ids,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String businessKey,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    Map<String, @Nullable Object> body = new HashMap<>();
    body.put("ids", ids);
    body.put("status", status);
    body.put("businessKey", businessKey);
    download(Selection.parse(body), response);
  }

  private void download(Selection wanted, HttpServletResponse response) throws IOException {
    List<String> ids = wanted.resolve(queries);
    response.setContentType(ZIP);
    Attachment.headers("signed-documents.zip").toSingleValueMap().forEach(response::setHeader);
    batches.writeZip(ids, response.getOutputStream());
  }
}
